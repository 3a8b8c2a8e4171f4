package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"
)

// The scripts ask the program itself what may come next; what it does not know
// is completed as a file.
const (
	bashCompletion = `# pipeline: completion for bash. Load with: source <(pipeline completion bash)
_pipeline() {
    local word="${COMP_WORDS[COMP_CWORD]}" line=("${COMP_WORDS[@]:0:COMP_CWORD}")
    [[ $word == -* ]] && line+=("$word")
    COMPREPLY=($(compgen -W "$("${line[@]}" ` + completionFlag + ` 2>/dev/null)" -- "$word"))
}
complete -o bashdefault -o default -F _pipeline pipeline
`
	zshCompletion = `#compdef pipeline
# pipeline: completion for zsh. Load with: source <(pipeline completion zsh)
_pipeline() {
    local word="${words[CURRENT]}"
    local -a line=("${(@)words[1,CURRENT-1]}") found
    [[ $word == -* ]] && line+=("$word")
    found=("${(@f)$("${line[@]}" ` + completionFlag + ` 2>/dev/null)}")
    [[ -n $found ]] && compadd -a found || _files
}
compdef _pipeline pipeline
`
	fishCompletion = `# pipeline: completion for fish. Load with: pipeline completion fish | source
function __pipeline_complete
    set -l line (commandline -opc)
    set -l word (commandline -ct)
    string match -q -- '-*' $word; and set -a line $word
    $line ` + completionFlag + ` 2>/dev/null
end
complete -c pipeline -a '(__pipeline_complete)'
`
)

func completionCommand() *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a completion script for bash, zsh or fish",
		ArgsUsage: "bash|zsh|fish",
		Action: func(c *cli.Context) error {
			scripts := map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}
			script, ok := scripts[c.Args().First()]
			if !ok || c.NArg() != 1 {
				return usageError(errors.New("name one shell"), "bash, zsh or fish")
			}
			_, err := fmt.Fprint(c.App.Writer, script)
			return err
		},
	}
}
