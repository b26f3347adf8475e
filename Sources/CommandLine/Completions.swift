// SPDX-License-Identifier: GPL-3.0-or-later

/// A shell that completions can be written for.
public enum Shell: String, CaseIterable, ArgumentValue, Sendable {
  case bash, zsh, fish
}

/// The scripts by which shells complete a tool's command lines.
///
/// They are made from the tables that parse and explain, and so can't disagree with them.
public enum Completions {
  public static func script(for tool: Tool, shell: Shell) -> String {
    switch shell {
    case .bash: bash(tool)
    case .zsh: zsh(tool)
    case .fish: fish(tool)
    }
  }

  static func options(of command: any Command.Type) -> [Declaration] {
    command.declarations.filter { !$0.isPositional } + [.help]
  }

  static func arguments(of command: any Command.Type) -> [Declaration] {
    command.declarations.filter(\.isPositional)
  }

  /// Quotes for all three shells, which agree on single quotes but for the quote itself.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }
}

extension Declaration {
  var takesValue: Bool { kind != .flag }
}
