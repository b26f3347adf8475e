// SPDX-License-Identifier: GPL-3.0-or-later

extension Completions {
  static func fish(_ tool: Tool) -> String {
    let start = "complete -c \(tool.name)"
    var lines = ["# fish completion for \(tool.name)", start + " -f"]
    for (name, help) in [("help", Declaration.help.help), ("version", Declaration.version.help)] {
      lines.append("\(start) -n __fish_use_subcommand -l \(name) -d \(quoted(help))")
    }
    let help = ("help", "Print the help of a command.")
    for (name, abstract) in tool.commands.map({ ($0.name, $0.abstract) }) + [help] {
      lines.append("\(start) -n __fish_use_subcommand -a \(name) -d \(quoted(abstract))")
    }
    let names = tool.commands.map { $0.name }.joined(separator: " ")
    lines.append("\(start) -n '__fish_seen_subcommand_from help' -a \(quoted(names))")
    for command in tool.commands {
      let prefix = "\(start) -n '__fish_seen_subcommand_from \(command.name)'"
      for option in options(of: command) {
        let value = option.takesValue ? " -r" + fishAction(option.completion) : ""
        lines.append("\(prefix) -l \(option.name)\(value) -d \(quoted(option.help))")
      }
      for argument in arguments(of: command) where argument.completion != .none {
        lines += fishLines(of: argument, start, "__fish_seen_subcommand_from \(command.name)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fishLines(
    of argument: Declaration, _ start: String, _ condition: String
  ) -> [String] {
    func line(_ condition: String, _ completion: Completion) -> String {
      "\(start) -n '\(condition)'\(fishAction(completion)) -d \(quoted(argument.help))"
    }
    guard case .byFirst(let cases, let otherwise) = argument.completion else {
      return [line(condition, argument.completion)]
    }
    let words = cases.keys.sorted()
    return words.compactMap { word in
      cases[word].map { line("\(condition); and __fish_seen_subcommand_from \(word)", $0) }
    } + [
      line(
        "\(condition); and not __fish_seen_subcommand_from \(words.joined(separator: " "))",
        otherwise)
    ]
  }

  private static func fishAction(_ completion: Completion) -> String {
    switch completion {
    case .none: " -f"
    case .byFirst(_, let otherwise): fishAction(otherwise)
    case .directory: " -f -a '(__fish_complete_directories)'"
    case .values(let values): " -f -a \(quoted(values.joined(separator: " ")))"
    case .file(let extensions) where extensions.isEmpty: " -F"
    case .file(let extensions):
      " -f -a '("
        + extensions.map { "__fish_complete_suffix .\($0)" }.joined(separator: "; ") + ")'"
    }
  }
}
