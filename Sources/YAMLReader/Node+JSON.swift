// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

extension Node {
  /// The node as JSON text, which is YAML too and reads back as the same node.
  ///
  /// Lists and mappings without others inside stand on one line each.
  public var json: String { value.text(.innermostFlat, .yaml) + "\n" }

  private var value: JSON {
    switch content {
    case .scalar(let scalar):
      scalar.isQuoted || !Node.isJSONLiteral(scalar.text)
        ? .string(scalar.text) : .raw(scalar.text)
    case .sequence(let elements): .array(elements.map(\.value))
    case .mapping(let entries): .object(entries.map { ($0.key, $0.value.value) })
    case .broken: .null
    }
  }

  /// True for what JSON lets stand without quotes, `null` aside.
  private static func isJSONLiteral(_ text: String) -> Bool {
    text == "true" || text == "false" || DecimalText(text)?.isJSON == true
  }
}
