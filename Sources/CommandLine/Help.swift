// SPDX-License-Identifier: GPL-3.0-or-later

/// The help pages, in the plain form that help2man reads.
enum Help {
  private static let width = 90
  /// The column of explanations, at least 20 since help2man wants that of a continuation.
  private static let explanationColumn = 28

  static func page(of tool: Tool) -> String {
    let entries = tool.entries.map { row($0.name, $0.abstract) }
    let options = [Declaration.help, .version].map { row($0.spelling, $0.help) }
    return """
      Usage: \(tool.name) <command> [options] ...

      \(wrapped(tool.abstract))

      Commands:
      \(entries.joined(separator: "\n"))

      Options:
      \(options.joined(separator: "\n"))

      See '\(tool.name) help <command>' for the arguments of a command.

      """
  }

  /// The page of a family of the program of that name.
  static func page(of family: CommandFamily, in program: String) -> String {
    let place = "<\(family.placeholder)>"
    let line = "\(program) \(family.name)"
    var sections = ["Usage: \(line) \(place) [options] ...", wrapped(family.abstract)]
    if !family.discussion.isEmpty { sections.append(wrapped(family.discussion)) }
    sections.append(
      "Commands:\n" + family.members.map { row($0.name, $0.abstract) }.joined(separator: "\n"))
    sections.append(section("Options", [.help]))
    if let examples = examples(family.examples) { sections.append(examples) }
    sections.append("See '\(line) \(place) --help' for the arguments of one.")
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// The page of a command; `line` is what stands before its name.
  static func page(of command: any Command.Type, in line: String) -> String {
    let declarations = command.declarations
    let arguments = declarations.filter(\.isPositional)
    let options = declarations.filter { !$0.isPositional } + [.help]
    var sections = [
      usage("\(line) \(command.name)", arguments), wrapped(command.abstract),
    ]
    if !command.discussion.isEmpty { sections.append(wrapped(command.discussion)) }
    if !arguments.isEmpty { sections.append(section("Arguments", arguments)) }
    sections.append(section("Options", options))
    if let examples = examples(command.examples) { sections.append(examples) }
    return sections.joined(separator: "\n\n") + "\n"
  }

  private static func examples(_ examples: [Example]) -> String? {
    guard !examples.isEmpty else { return nil }
    let lines = examples.map { "  \($0.line)\n      " + wrapped($0.meaning, indent: 6) }
    return "Examples:\n" + lines.joined(separator: "\n")
  }

  private static func usage(_ line: String, _ arguments: [Declaration]) -> String {
    let places = arguments.map { argument in
      let name = argument.spelling + (argument.isRepeating ? " ..." : "")
      return argument.minimum > 0 ? name : "[\(name)]"
    }
    return (["Usage: \(line) [options]"] + places).joined(separator: " ")
  }

  private static func section(_ title: String, _ declarations: [Declaration]) -> String {
    "\(title):\n"
      + declarations.map { row($0.spelling, explanation(of: $0)) }.joined(separator: "\n")
  }

  private static func explanation(of declaration: Declaration) -> String {
    var notes: [String] = []
    // An option shows its choices in its spelling already, unless it was given another name.
    if !declaration.choices.isEmpty, !declaration.spelling.contains("|") {
      notes.append("one of: " + declaration.choices.joined(separator: ", "))
    }
    if let text = declaration.defaultText, !text.isEmpty { notes.append("default: \(text)") }
    if declaration.kind == .options { notes.append("may be repeated") }
    return declaration.help + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
  }

  private static func row(_ head: String, _ explanation: String) -> String {
    let start = "  " + head
    let text = wrapped(explanation, indent: explanationColumn)
    let gap = explanationColumn - start.displayWidth
    let margin = String(repeating: " ", count: gap >= 2 ? gap : explanationColumn)
    return start + (gap >= 2 ? "" : "\n") + margin + text
  }

  /// Breaks lines between words, and indents all but the first.
  static func wrapped(_ text: String, indent: Int = 0) -> String {
    let margin = "\n" + String(repeating: " ", count: indent)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var result = ""
      var column = indent
      for word in line.split(separator: " ") {
        let size = String(word).displayWidth
        if column > indent, column + 1 + size > width {
          result += margin
          column = indent
        } else if column > indent {
          result += " "
          column += 1
        }
        result += word
        column += size
      }
      return result
    }
    return lines.joined(separator: margin)
  }
}
