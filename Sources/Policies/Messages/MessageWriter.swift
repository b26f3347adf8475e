// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Writes the line of a message, member by member.
///
/// Not by way of `JSON` values: a question is written some hundred thousand times a second.
public struct MessageWriter: ~Copyable {
  public private(set) var bytes: [UInt8] = []

  public var count: Int { bytes.count }

  public init() {}

  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// Text that is JSON as it stands.
  @inline(__always)
  public mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Bytes that are JSON as they stand, such as a name that was quoted before.
  public mutating func raw(_ quoted: [UInt8]) {
    bytes.append(contentsOf: quoted)
  }

  public mutating func number(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var digits = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(digits % 10))
      digits /= 10
    } while digits > 0
    bytes[start...].reverse()
  }

  /// The shortest decimal that reads back as the same number; `null` where it is not finite.
  public mutating func number(_ value: Double) {
    if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return number(whole) }
    bytes.append(contentsOf: value.isFinite ? Array(value.description.utf8) : Array("null".utf8))
  }

  public mutating func text(_ text: String) {
    var text = text
    let start = bytes.count
    bytes.append(UInt8(ascii: "\""))
    // Nearly all names stand in quotes as they are.
    let isPlain = text.withUTF8 { letters in
      bytes.append(contentsOf: letters)
      return letters.allSatisfy {
        $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
    }
    guard !isPlain else { return bytes.append(UInt8(ascii: "\"")) }
    bytes.removeSubrange(start...)
    bytes.append(contentsOf: Self.quoted(text))
  }

  /// A comma, unless something is the first behind a bracket.
  @inline(__always)
  public mutating func comma() {
    guard let last = bytes.last, last != UInt8(ascii: "["), last != UInt8(ascii: "{") else {
      return
    }
    bytes.append(UInt8(ascii: ","))
  }

  public mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A text in quotes, as JSON has it.
  public static func quoted(_ text: String) -> [UInt8] { Array(JSON.quoted(text).utf8) }
}
