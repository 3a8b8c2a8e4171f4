package output

import (
	"fmt"
	"os"
)

// ReadMeta tells what made the dataset: the metadata of its first file. Files
// of several runs may differ.
func ReadMeta(dir string) (Meta, error) {
	paths, err := documents.files(dir)
	if err != nil {
		return Meta{}, err
	}
	meta, err := readMeta(paths[0])
	if err != nil {
		return Meta{}, fmt.Errorf("%s: %w", paths[0], err)
	}
	return meta, nil
}

func readMeta(path string) (Meta, error) {
	in, err := os.Open(path)
	if err != nil {
		return Meta{}, err
	}
	defer in.Close()
	var value func(key string) string
	if isArrow(path) {
		r, err := openArrow(in)
		if err != nil {
			return Meta{}, err
		}
		defer r.Close()
		meta := r.Schema().Metadata()
		value = func(key string) string { v, _ := meta.GetValue(key); return v }
	} else {
		r, _, err := openParquet(in, func(string) bool { return false })
		if err != nil {
			return Meta{}, err
		}
		meta := r.ParquetReader().MetaData().KeyValueMetadata()
		value = func(key string) string {
			if v := meta.FindValue(key); v != nil {
				return *v
			}
			return ""
		}
	}
	return Meta{
		Version: value("detente.version"), Lexicons: value("detente.lexicons"), Model: value("detente.model"), Run: value("detente.run"),
	}, nil
}
