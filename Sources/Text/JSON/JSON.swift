// SPDX-License-Identifier: GPL-3.0-or-later

/// A JSON value to be printed; the members of an object keep their order.
public indirect enum JSON: Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// Printed as the shortest decimal that reads back the same; `null` where it is not finite.
  case number(Double)
  case string(String)
  case array([JSON])
  case object([(name: String, value: JSON)])
  /// JSON text made elsewhere; it is indented like its surroundings and not checked.
  case raw(String)

  /// How values are laid out in lines.
  public enum Layout: Sendable {
    /// A line for each element and member, indented by two spaces.
    case lines
    /// The same, but for lists and objects without others inside, which have a line each.
    case innermostFlat
    /// All on one line.
    case flat
  }

  /// Which characters are written as escapes.
  public enum Escapes: Sendable {
    /// Those that RFC 8259 wants: quotes, backslashes and control characters.
    case json
    /// Also what YAML takes for a line break or rejects, so that the text is YAML as well.
    case yaml
  }

  /// The value over several lines, with a line end at its end.
  public var prettyText: String { text(.lines) + "\n" }

  /// The value without a line end at its end.
  public func text(_ layout: Layout, _ escapes: Escapes = .json) -> String {
    var writer = JSONWriter(layout, escapes)
    writer.write(self)
    return writer.text
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
  public init(stringLiteral value: String) {
    self = .string(value)
  }

  public init(booleanLiteral value: Bool) {
    self = .boolean(value)
  }

  /// A string, or null where there is none.
  public init(_ text: String?) {
    self = text.map(JSON.string) ?? .null
  }
}
