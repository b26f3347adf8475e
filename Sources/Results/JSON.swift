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

  /// The value over several lines, indented by two spaces, with a line end at its end.
  public var prettyText: String {
    var writer = JSONWriter()
    writer.write(self)
    return writer.finish()
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
