// SPDX-License-Identifier: GPL-3.0-or-later

extension Completions {
  static func fish(_ tool: Tool) -> String {
    let start = "complete -c \(tool.name)"
    var lines = ["# fish completion for \(tool.name)", start + " -f"]
    for (name, help) in [("help", Declaration.help.help), ("version", Declaration.version.help)] {
      lines.append("\(start) -n __fish_use_subcommand -l \(name) -d \(quoted(help))")
    }
    let help = ("help", "Print the help of a command.")
    for (name, abstract) in tool.entries.map({ ($0.name, $0.abstract) }) + [help] {
      lines.append("\(start) -n __fish_use_subcommand -a \(name) -d \(quoted(abstract))")
    }
    let names = tool.entries.map(\.name).joined(separator: " ")
    lines.append("\(start) -n '__fish_seen_subcommand_from help' -a \(quoted(names))")
    for entry in tool.entries {
      let condition = "__fish_seen_subcommand_from \(entry.name)"
      switch entry {
      case .command(let command): lines += fishLines(of: command, start, condition)
      case .family(let family): lines += fishLines(of: family, start, condition)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The names of the members, and behind each name what that member takes.
  private static func fishLines(
    of family: CommandFamily, _ start: String, _ condition: String
  ) -> [String] {
    let all = family.memberNames.joined(separator: " ")
    let unnamed = "\(start) -n '\(condition); and not __fish_seen_subcommand_from \(all)'"
    let names = family.members.map { "\(unnamed) -a \($0.name) -d \(quoted($0.abstract))" }
    return names + ["\(unnamed) -l help -d \(quoted(Declaration.help.help))"]
      + family.members.flatMap {
        fishLines(of: $0, start, "\(condition); and __fish_seen_subcommand_from \($0.name)")
      }
  }

  private static func fishLines(
    of command: any Command.Type, _ start: String, _ condition: String
  ) -> [String] {
    let prefix = "\(start) -n '\(condition)'"
    let named = options(of: command).map { option in
      let value = option.takesValue ? " -r" + fishAction(option.completion) : ""
      return "\(prefix) -l \(option.name)\(value) -d \(quoted(option.help))"
    }
    let places = arguments(of: command).filter { $0.completion != .none }
    return named + places.map { "\(prefix)\(fishAction($0.completion)) -d \(quoted($0.help))" }
  }

  private static func fishAction(_ completion: Completion) -> String {
    switch completion {
    case .none: " -f"
    case .directory: " -f -a '(__fish_complete_directories)'"
    case .values(let values): " -f -a \(quoted(values.joined(separator: " ")))"
    case .file(let extensions) where extensions.isEmpty: " -F"
    case .file(let extensions):
      " -f -a '("
        + extensions.map { "__fish_complete_suffix .\($0)" }.joined(separator: "; ") + ")'"
    }
  }
}
