// SPDX-License-Identifier: GPL-3.0-or-later

/// Prints JSON values so that people can read them and tools can compare them line by line.
struct JSONWriter: ~Copyable {
  private var buffer = ByteBuffer(capacity: 4096)
  private var depth = 0

  mutating func write(_ value: JSON) {
    switch value {
    case .null: buffer.append(text: "null")
    case .boolean(let flag): buffer.append(text: flag ? "true" : "false")
    case .integer(let number): buffer.append(number)
    case .number(let number) where number.isFinite: buffer.append(finite: number)
    case .number: buffer.append(text: "null")
    case .string(let text): write(string: text)
    case .array(let values): write(array: values)
    case .object(let members): write(object: members)
    case .raw(let text): write(raw: text)
    }
  }

  consuming func finish() -> String {
    buffer.append(byte: UInt8(ascii: "\n"))
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private mutating func write(array values: [JSON]) {
    guard !values.isEmpty else { return buffer.append(text: "[]") }
    open("[")
    for (index, value) in values.enumerated() {
      startLine(isFirst: index == 0)
      write(value)
    }
    close("]")
  }

  private mutating func write(object members: [(name: String, value: JSON)]) {
    guard !members.isEmpty else { return buffer.append(text: "{}") }
    open("{")
    for (index, member) in members.enumerated() {
      startLine(isFirst: index == 0)
      write(string: member.name)
      buffer.append(text: ": ")
      write(member.value)
    }
    close("}")
  }

  // A line end inside a JSON string is always escaped: every one here is between two tokens.
  private mutating func write(raw text: String) {
    var end = text.utf8.endIndex
    while end > text.utf8.startIndex {
      let last = text.utf8.index(before: end)
      guard text.utf8[last] <= UInt8(ascii: " ") else { break }
      end = last
    }
    for byte in text.utf8[..<end] {
      if byte == UInt8(ascii: "\n") { newLine() } else { buffer.append(byte: byte) }
    }
  }

  private mutating func write(string text: String) {
    buffer.append(byte: UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): buffer.append(text: "\\\"")
      case UInt8(ascii: "\\"): buffer.append(text: "\\\\")
      case UInt8(ascii: "\n"): buffer.append(text: "\\n")
      case UInt8(ascii: "\r"): buffer.append(text: "\\r")
      case UInt8(ascii: "\t"): buffer.append(text: "\\t")
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        buffer.append(text: "\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: buffer.append(byte: byte)
      }
    }
    buffer.append(byte: UInt8(ascii: "\""))
  }

  private mutating func open(_ bracket: String) {
    buffer.append(text: bracket)
    depth += 1
  }

  private mutating func close(_ bracket: String) {
    depth -= 1
    newLine()
    buffer.append(text: bracket)
  }

  private mutating func startLine(isFirst: Bool) {
    if !isFirst { buffer.append(byte: UInt8(ascii: ",")) }
    newLine()
  }

  private mutating func newLine() {
    buffer.append(byte: UInt8(ascii: "\n"))
    for _ in 0..<(2 * depth) { buffer.append(byte: UInt8(ascii: " ")) }
  }
}
