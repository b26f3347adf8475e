// SPDX-License-Identifier: GPL-3.0-or-later

/// Prints JSON values so that people can read them and tools can compare them line by line.
struct JSONWriter {
  private(set) var text = ""
  private let layout: JSON.Layout
  private let escapes: JSON.Escapes
  private var depth = 0

  init(_ layout: JSON.Layout, _ escapes: JSON.Escapes) {
    self.layout = layout
    self.escapes = escapes
  }

  mutating func write(_ value: JSON) {
    switch value {
    case .null: text += "null"
    case .boolean(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += number.description
    case .number(let number): text += JSON.text(of: number)
    case .string(let string): text += JSON.quoted(string, escapes)
    case .raw(let raw): write(raw: raw)
    case .array(let values):
      write(values, in: ("[", "]"), isFlat: isFlat(values)) { $0.write($1) }
    case .object(let members):
      write(members, in: ("{", "}"), isFlat: isFlat(members.map(\.value))) { writer, member in
        writer.text += JSON.quoted(member.name, writer.escapes) + ": "
        writer.write(member.value)
      }
    }
  }

  private func isFlat(_ values: [JSON]) -> Bool {
    switch layout {
    case .lines: values.isEmpty
    case .innermostFlat: values.allSatisfy(\.isScalar)
    case .flat: true
    }
  }

  private mutating func write<Item>(
    _ items: [Item], in brackets: (String, String), isFlat: Bool,
    item write: (inout JSONWriter, Item) -> Void
  ) {
    text += brackets.0
    depth += 1
    for (position, item) in items.enumerated() {
      if position > 0 { text += isFlat ? ", " : "," }
      if !isFlat { newLine() }
      write(&self, item)
    }
    depth -= 1
    if !isFlat { newLine() }
    text += brackets.1
  }

  // A line end inside a JSON string is always escaped: every one here is between two tokens.
  private mutating func write(raw: String) {
    let end = raw.utf8.lastIndex { $0 > UInt8(ascii: " ") }.map(raw.utf8.index(after:))
    let lines = raw.utf8[..<(end ?? raw.startIndex)]
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (position, line) in lines.enumerated() {
      if position > 0 { newLine() }
      text += Substring(line)
    }
  }

  private mutating func newLine() {
    text += "\n"
    for _ in 0..<depth { text += "  " }
  }
}

extension JSON {
  fileprivate var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
