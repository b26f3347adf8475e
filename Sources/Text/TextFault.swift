// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with a text, at one of its bytes.
///
/// Lines and columns are counted only when it is reported.
public struct TextFault: Error, Equatable, Sendable {
  public var offset: Int
  public var found: String
  public var expected: String

  public init(found: String, expected: String, at offset: Int) {
    self.offset = offset
    self.found = found
    self.expected = expected
  }
}

/// A position in a text, counted from 1 in lines and characters.
public struct Mark: Hashable, Comparable, Sendable {
  public var line: Int { Int(lineNumber) }
  public var column: Int { Int(columnNumber) }
  /// Half as long as an `Int`: a file has as many marks as values, and keys.
  private let lineNumber: UInt32
  private let columnNumber: UInt32

  public init(line: Int, column: Int) {
    lineNumber = UInt32(clamping: line)
    columnNumber = UInt32(clamping: column)
  }

  public static func < (left: Mark, right: Mark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
