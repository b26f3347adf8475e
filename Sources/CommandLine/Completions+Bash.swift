// SPDX-License-Identifier: GPL-3.0-or-later

extension Completions {
  static func bash(_ tool: Tool) -> String {
    let function = "_" + tool.name
    let names = tool.commands.map { $0.name }
    let cases = tool.commands.map { bashCase(of: $0, function) }.joined(separator: "\n")
    return #"""
      # bash completion for \#(tool.name)
      \#(function)__words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }

      \#(function)__folders() {
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
      }

      # The extensions that are wanted; any file where there are none.
      \#(function)__files() {
        local extension
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(
          if (($# == 0)); then compgen -f -- "$current"; return; fi
          compgen -d -- "$current"
          for extension in "$@"; do compgen -f -X "!*.$extension" -- "$current"; done
        )
      }

      \#(function)() {
        local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        local index word valued="" options="" ended="" place=0 first=""
        COMPREPLY=()
        # bash takes '--key=value' for three words.
        if [[ $current == "=" ]]; then
          current=""
        elif [[ $before == "=" ]]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        if ((COMP_CWORD == 1)); then
          \#(function)__words \#(quoted((names + ["help", "--help", "--version"]).joined(separator: " ")))
          return
        fi
        case ${COMP_WORDS[1]} in
          \#(tool.commands.isEmpty ? "-" : names.joined(separator: "|"))) \#(function)_"${COMP_WORDS[1]}" options ;;
          help) ((COMP_CWORD == 2)) && \#(function)__words \#(quoted(names.joined(separator: " "))); return ;;
          *) return ;;
        esac
        for ((index = 2; index < COMP_CWORD; index++)); do
          word=${COMP_WORDS[index]}
          if [[ -z $ended && $word == -- ]]; then
            ended=yes
          elif [[ -z $ended && " $valued " == *" $word "* ]]; then
            [[ ${COMP_WORDS[index+1]} == "=" ]] && ((index++))
            ((index++))
          elif [[ -n $ended || $word != -* ]]; then
            ((place == 0)) && first=$word
            ((place++))
          fi
        done
        if [[ -z $ended && " $valued " == *" $before "* ]]; then
          \#(function)_"${COMP_WORDS[1]}" "$before"
        elif [[ -z $ended && $current == -* ]]; then
          \#(function)__words "$options"
        else
          \#(function)_"${COMP_WORDS[1]}" "$place"
        fi
      }

      \#(cases)
      complete -F \#(function) \#(tool.name)

      """#
  }

  /// Tells the options of a command, or completes one option's value or one place's argument.
  private static func bashCase(of command: any Command.Type, _ function: String) -> String {
    let options = options(of: command)
    let names = options.map { "--" + $0.name }.joined(separator: " ")
    let valued = options.filter(\.takesValue).map { "--" + $0.name }.joined(separator: " ")
    var lines = ["    options) valued=\(quoted(valued)) options=\(quoted(names)) ;;"]
    for option in options where option.takesValue {
      lines.append("    --\(option.name)) \(bashAction(option.completion, function)) ;;")
    }
    for (place, argument) in arguments(of: command).enumerated() {
      let pattern = argument.isRepeating ? "*" : "\(place)"
      lines.append("    \(pattern)) \(bashAction(argument.completion, function)) ;;")
    }
    return """
      \(function)_\(command.name)() {
        case $1 in
      \(lines.joined(separator: "\n"))
        esac
      }

      """
  }

  private static func bashAction(_ completion: Completion, _ function: String) -> String {
    switch completion {
    case .none: ":"
    case .directory: function + "__folders"
    case .values(let values): "\(function)__words \(quoted(values.joined(separator: " ")))"
    case .byFirst(let cases, let otherwise):
      "case $first in "
        + cases.sorted { $0.key < $1.key }.map { word, completion in
          "\(word)) \(bashAction(completion, function)) ;; "
        }.joined() + "*) \(bashAction(otherwise, function)) ;; esac"
    case .file(let extensions):
      ([function + "__files"] + extensions.map(quoted)).joined(separator: " ")
    }
  }
}
