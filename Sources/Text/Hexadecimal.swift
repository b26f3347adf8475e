// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers to the base of sixteen.
public enum Hexadecimal {
  /// A number in lower case, with zeros before it up to so many digits.
  public static func text(of value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// A byte as messages name it: `0xFF`.
  public static func text(ofByte byte: UInt8) -> String {
    "0x" + text(of: UInt64(byte), digits: 2).uppercased()
  }

  /// The number that a text of nothing but digits is; nil where it is none, or too large.
  public static func value(of text: some Collection<UInt8>) -> UInt64? {
    guard !text.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in text {
      guard let digit = digit(byte), value >> 60 == 0 else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
