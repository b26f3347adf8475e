// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// What in a network file, or about it, keeps it from being imported.
public struct ImportError: Error, Equatable, CustomStringConvertible {
  public var file: String
  /// Nil where the file as a whole is meant.
  public var place: Mark?
  /// What was found and what was expected.
  public var text: String

  public var description: String {
    guard let place else { return "\(file): \(text)" }
    return "\(file):\(place.line):\(place.column): \(text)"
  }
}

/// A fault at a byte of the text; its line and column are counted only when it is reported.
struct Fault: Error {
  var offset: Int?
  var text: String

  init(_ text: String, at offset: Int? = nil) {
    self.text = text
    self.offset = offset
  }

  init(found: String, expected: String, at offset: Int? = nil) {
    self.init("found \(found), expected \(expected)", at: offset)
  }

  init(_ fault: TextFault) {
    self.init(found: fault.found, expected: fault.expected, at: fault.offset)
  }

  /// A text in quotes, on one line and cut where it is too long for a message.
  static func quoted(_ text: String) -> String {
    let longest = 60
    let shown = text.unicodeScalars.prefix(longest).map {
      $0.properties.generalCategory == .control ? " " : Character($0)
    }
    return "\"\(String(shown))\(text.unicodeScalars.count > longest ? "…" : "")\""
  }

  /// The first of many names, and how many more there are.
  static func list(_ names: [String]) -> String {
    let shown = 5
    let more = names.count > shown ? " and \(names.count - shown) more" : ""
    return names.prefix(shown).joined(separator: ", ") + more
  }
}
