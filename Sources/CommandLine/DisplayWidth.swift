// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
  /// The columns that the text takes on a terminal: two for each wide character, as in Chinese.
  public var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// Cuts the text to a number of columns, and shows by an ellipsis that it was cut.
  func truncated(toWidth width: Int) -> String {
    guard displayWidth > width else { return self }
    var result = ""
    var used = 1  // The ellipsis.
    for character in self {
      used += character.displayWidth
      if used > width { break }
      result.append(character)
    }
    return width > 0 ? result + "…" : ""
  }
}

extension Character {
  /// A character is as wide as its widest part: accents and joiners take no column of their own.
  var displayWidth: Int { unicodeScalars.reduce(0) { max($0, $1.displayWidth) } }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    // Most text is ASCII: no table is needed.
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }
  }

  /// The blocks that Unicode Standard Annex 11 calls wide or full-width.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
    0x20000...0x3FFFD,
  ]
}
