// SPDX-License-Identifier: GPL-3.0-or-later

extension Completions {
  static func bash(_ tool: Tool) -> String {
    let function = "_" + tool.name
    let first = tool.entries.map(\.name) + ["help", "--help", "--version"]
    return #"""
      # bash completion for \#(tool.name)
      \#(bashHelpers(function))

      \#(function)() {
        local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        local index=2 word command valued="" options="" ended="" place=0
        COMPREPLY=()
        # bash takes '--key=value' for three words.
        if [[ $current == "=" ]]; then
          current=""
        elif [[ $before == "=" ]]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        if ((COMP_CWORD == 1)); then
          \#(function)__words \#(quoted(first.joined(separator: " ")))
          return
        fi
        case ${COMP_WORDS[1]} in
      \#(tool.entries.map { bashEntry($0, function) }.joined())\#(bashHelp(of: tool, function))
          *) return ;;
        esac
        \#(function)_"$command" options
        for ((; index < COMP_CWORD; index++)); do
          word=${COMP_WORDS[index]}
          if [[ -z $ended && $word == -- ]]; then
            ended=yes
          elif [[ -z $ended && " $valued " == *" $word "* ]]; then
            [[ ${COMP_WORDS[index+1]} == "=" ]] && ((index++))
            ((index++))
          elif [[ -n $ended || $word != -* ]]; then
            ((place++))
          fi
        done
        if [[ -z $ended && " $valued " == *" $before "* ]]; then
          \#(function)_"$command" "$before"
        elif [[ -z $ended && $current == -* ]]; then
          \#(function)__words "$options"
        else
          \#(function)_"$command" "$place"
        fi
      }

      \#(bashCommands(of: tool, function).joined(separator: "\n"))
      complete -F \#(function) \#(tool.name)

      """#
  }

  private static func bashHelpers(_ function: String) -> String {
    #"""
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
    """#
  }

  /// Finds the command that the words before the current one name, or completes its name.
  private static func bashEntry(_ entry: ToolEntry, _ function: String) -> String {
    switch entry {
    case .command(let command):
      return "    \(command.name)) command=\(command.name) ;;\n"
    case .family(let family):
      let names = family.memberNames
      return """
            \(family.name))
              if ((COMP_CWORD == 2)); then
                \(function)__words \(quoted((names + ["--help"]).joined(separator: " ")))
                return
              fi
              case ${COMP_WORDS[2]} in
                \(names.joined(separator: "|"))) command=\(family.name)_${COMP_WORDS[2]} index=3 ;;
                *) return ;;
              esac
              ;;

        """
    }
  }

  /// The names that `help` takes.
  private static func bashHelp(of tool: Tool, _ function: String) -> String {
    let names = tool.entries.map(\.name).joined(separator: " ")
    let families = tool.entries.compactMap { entry -> String? in
      guard case .family(let family) = entry else { return nil }
      let members = quoted(family.memberNames.joined(separator: " "))
      return "3\(family.name)) \(function)__words \(members) ;; "
    }
    return #"    help) case $COMP_CWORD${COMP_WORDS[2]} in "#
      + families.joined() + "2*) \(function)__words \(quoted(names)) ;; esac; return ;;"
  }

  private static func bashCommands(of tool: Tool, _ function: String) -> [String] {
    tool.entries.flatMap { entry in
      switch entry {
      case .command(let command): [bashCase(of: command, "\(function)_\(command.name)", function)]
      case .family(let family):
        family.members.map {
          bashCase(of: $0, "\(function)_\(family.name)_\($0.name)", function)
        }
      }
    }
  }

  /// Tells the options of a command, or completes one option's value or one place's argument.
  private static func bashCase(
    of command: any Command.Type, _ name: String, _ function: String
  ) -> String {
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
      \(name)() {
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
    case .file(let extensions):
      ([function + "__files"] + extensions.map(quoted)).joined(separator: " ")
    }
  }
}
