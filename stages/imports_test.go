package stages

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// importRules say which packages of the module a package may import, tests
// aside. The first pattern (path.Match) that fits a package holds; ** at its
// end stands for any depth.
//
//	lexicons    nothing: word knowledge and the tokenizer
//	stages      lexicons: the shared vocabulary
//	stages/X    stages, lexicons: a stage takes what the stage before it left in
//	            the Document and never calls it
//	output      stages: records to tables
//	output/X    output and stages
//	cmd/X       all, but no other command: cmd alone knows several stages;
//	            cmd/internal/X is what commands share
var importRules = []struct{ pkg, may string }{
	{"lexicons", ""},
	{"stages", "lexicons"},
	{"stages/*", "stages lexicons"},
	{"output", "stages"},
	{"output/*", "output stages"},
	{"cmd/**", "lexicons stages stages/* output output/* cmd/internal/*"},
}

// TestImports holds the direction of imports by parsing every file of the
// module.
func TestImports(t *testing.T) {
	const module = "detente/"
	seen := map[string]bool{}
	err := filepath.WalkDir("..", func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := e.Name(); e.IsDir() && (name == "testdata" || strings.HasPrefix(name, ".") && name != "..") {
			return filepath.SkipDir
		}
		if e.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", filepath.Dir(file))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		rule := slices.IndexFunc(importRules, func(r struct{ pkg, may string }) bool { return fitsPattern(r.pkg, pkg) })
		if rule < 0 {
			t.Errorf("%s: no rule says what package %s may import", file, pkg)
			return nil
		}
		seen[importRules[rule].pkg] = true
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imported, ours := strings.CutPrefix(imported, module)
			// A subcommand in several packages is one program.
			if !ours || strings.HasPrefix(imported, pkg+"/") && strings.HasPrefix(pkg, "cmd/") {
				continue
			}
			if !slices.ContainsFunc(strings.Fields(importRules[rule].may), func(p string) bool { return fitsPattern(p, imported) }) {
				t.Errorf("%s: %s imports %s; it may import %q", file, pkg, imported, importRules[rule].may)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, needed := range []string{"lexicons", "stages", "stages/*", "output", "cmd/**"} {
		if !seen[needed] {
			t.Errorf("no package for the rule %s: was the module's root found?", needed)
		}
	}
}

func fitsPattern(pattern, pkg string) bool {
	if above, ok := strings.CutSuffix(pattern, "**"); ok {
		return strings.HasPrefix(pkg, above)
	}
	ok, err := path.Match(pattern, pkg)
	return ok && err == nil
}
