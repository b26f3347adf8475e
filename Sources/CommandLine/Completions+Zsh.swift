// SPDX-License-Identifier: GPL-3.0-or-later

extension Completions {
  static func zsh(_ tool: Tool) -> String {
    let names = tool.entries.map { quoted("\($0.name):\($0.abstract)") }
    return #"""
      #compdef \#(tool.name)
      # zsh completion for \#(tool.name)
      _\#(tool.name)() {
        local -a commands=(\#((names + ["'help:Print the help of a command.'"]).joined(separator: " ")))
        if ((CURRENT == 2)); then
          _describe command commands
          _arguments '--help[Print this help and exit.]' '--version[Print the version and exit.]'
          return
        fi
        local command=$words[2]
        shift words
        ((CURRENT--))
        case $command in
      \#(tool.entries.map(zshEntry).joined(separator: "\n"))
          help) _describe command commands ;;
        esac
      }

      if [[ $funcstack[1] == _\#(tool.name) ]]; then
        _\#(tool.name) "$@"
      else
        compdef _\#(tool.name) \#(tool.name)
      fi

      """#
  }

  private static func zshEntry(_ entry: ToolEntry) -> String {
    switch entry {
    case .command(let command): return zshCase(of: command, indent: "    ")
    case .family(let family):
      let names = family.members.map { quoted("\($0.name):\($0.abstract)") }
      return #"""
            \#(family.name))
              local -a members=(\#(names.joined(separator: " ")))
              if ((CURRENT == 2)); then
                _describe \#(family.placeholder) members
                _arguments '--help[Print this help and exit.]'
                return
              fi
              command=$words[2]
              shift words
              ((CURRENT--))
              case $command in
        \#(family.members.map { zshCase(of: $0, indent: "        ") }.joined(separator: "\n"))
              esac
              ;;
        """#
    }
  }

  private static func zshCase(of command: any Command.Type, indent: String) -> String {
    let specifications =
      options(of: command).map(zshOption)
      + arguments(of: command).enumerated().map { zshArgument($1, place: $0 + 1) }
    return "\(indent)\(command.name)) _arguments -S "
      + specifications.map(quoted).joined(separator: " ") + " ;;"
  }

  private static func zshOption(_ option: Declaration) -> String {
    let head = (option.isRepeating ? "*" : "") + "--\(option.name)"
    let help = "[\(zshEscaped(option.help))]"
    guard option.takesValue else { return head + help }
    return "\(head)=\(help):\(zshEscaped(option.valueName)):\(zshAction(option.completion))"
  }

  private static func zshArgument(_ argument: Declaration, place: Int) -> String {
    let head = argument.isRepeating ? "*" : argument.minimum > 0 ? "\(place)" : "\(place):"
    return "\(head):\(zshEscaped(argument.name)):\(zshAction(argument.completion))"
  }

  private static func zshAction(_ completion: Completion) -> String {
    switch completion {
    case .none: " "
    case .directory: "_files -/"
    case .values(let values): "(\(values.joined(separator: " ")))"
    case .file(let extensions) where extensions.isEmpty: "_files"
    case .file(let extensions): "_files -g \"*.(\(extensions.joined(separator: "|")))\""
    }
  }

  /// Brackets and colons divide the parts of a specification.
  private static func zshEscaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "[]:\\".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
