// SPDX-License-Identifier: GPL-3.0-or-later

// Texts over several lines, broken at blanks and behind the semicolons between names.

extension String {
  /// The text in lines as wide as the terminal that it is printed on.
  public var foldedToTerminal: String {
    folded(toWidth: Terminal.output.tableWidth ?? .max).joined(separator: "\n")
  }

  /// Each line of the text in lines as wide as the terminal that it is printed on.
  public var linesFoldedToTerminal: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).foldedToTerminal }.joined(separator: "\n")
  }

  /// The text in lines of at most so many columns; a part that is wider stays in one piece.
  func folded(toWidth width: Int) -> [String] {
    guard displayWidth > width else { return [self] }
    var lines: [String] = []
    var line = ""
    for part in parts {
      if !line.isEmpty, (line + part).withoutBlanksAtEnd.displayWidth > width {
        lines.append(line.withoutBlanksAtEnd)
        line = ""
      }
      line += part
    }
    return lines + [line.withoutBlanksAtEnd]
  }

  /// The width of the longest part that is never broken.
  var longestPart: Int {
    parts.reduce(0) { max($0, $1.withoutBlanksAtEnd.displayWidth) }
  }

  /// The text in pieces, each with what divides it from the next.
  private var parts: [String] {
    var parts: [String] = []
    var part = ""
    for character in self {
      part.append(character)
      guard character == " " || character == ";" else { continue }
      parts.append(part)
      part = ""
    }
    return part.isEmpty ? parts : parts + [part]
  }

  var withoutBlanksAtEnd: String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
