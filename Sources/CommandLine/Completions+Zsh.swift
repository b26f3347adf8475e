// SPDX-License-Identifier: GPL-3.0-or-later

extension Completions {
  static func zsh(_ tool: Tool) -> String {
    let commands = tool.commands.map { quoted("\($0.name):\($0.abstract)") }
    let cases = tool.commands.map { command in
      let specifications =
        options(of: command).map(zshOption)
        + arguments(of: command).enumerated().map { zshArgument($1, place: $0 + 1) }
      return "    \(command.name)) _arguments -S "
        + specifications.map(quoted).joined(separator: " ") + " ;;"
    }
    return #"""
      #compdef \#(tool.name)
      # zsh completion for \#(tool.name)
      _\#(tool.name)() {
        local -a commands=(\#((commands + ["'help:Print the help of a command.'"]).joined(separator: " ")))
        if ((CURRENT == 2)); then
          _describe command commands
          _arguments '--help[Print this help and exit.]' '--version[Print the version and exit.]'
          return
        fi
        local command=$words[2]
        shift words
        ((CURRENT--))
        case $command in
      \#(cases.joined(separator: "\n"))
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
    case .byFirst(let cases, let otherwise):
      "{ case $words[2] in "
        + cases.sorted { $0.key < $1.key }.map { word, completion in
          "\(word)) \(zshCommand(completion)) ;; "
        }.joined() + "*) \(zshCommand(otherwise)) ;; esac }"
    case .values(let values): "(\(values.joined(separator: " ")))"
    case .file(let extensions) where extensions.isEmpty: "_files"
    case .file(let extensions): "_files -g \"*.(\(extensions.joined(separator: "|")))\""
    }
  }

  /// The same as a command, for where a choice has to be made.
  private static func zshCommand(_ completion: Completion) -> String {
    switch completion {
    case .none: "true"
    case .values(let values): "compadd -- \(values.joined(separator: " "))"
    case .directory, .file, .byFirst: zshAction(completion)
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
