package lexicons

import (
	"bytes"
	"embed"
	"errors"
	"os"
	"sync"
)

//go:embed *.tsv
var embedded embed.FS

// Embedded parses the project's own lexicon files, in order of name.
var Embedded = sync.OnceValues(func() ([]*File, error) {
	names, err := embedded.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var files []*File
	var faults []error
	for _, n := range names {
		data, err := embedded.ReadFile(n.Name())
		if err != nil {
			return nil, err
		}
		f, err := Parse(n.Name(), bytes.NewReader(data))
		if err != nil {
			faults = append(faults, err)
			continue
		}
		files = append(files, f)
	}
	return files, errors.Join(faults...)
})

// Load compiles the project's own lexicons and, after them, the user's files.
func Load(paths ...string) (*Set, error) {
	files, err := Embedded()
	if err != nil {
		return nil, err
	}
	files = files[:len(files):len(files)]
	var faults []error
	for _, p := range paths {
		f, err := Read(p)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		files = append(files, f)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return Compile(files...)
}

// Read parses one lexicon file from disk.
func Read(path string) (*File, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return Parse(path, r)
}
