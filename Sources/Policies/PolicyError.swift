// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a run could not go on with a policy outside.
///
/// It says whose decisions they are, which question it was at, what was found and what was
/// expected, and quotes what the policy said last and the end of its standard error.
public struct PolicyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What the policy decides, such as `placement`.
  public var seam: String
  /// What it was started by, or the file that its answers are read from.
  public var command: String
  /// The number of the question that it was asked; nil before the first and behind the last.
  public var question: Int?
  /// What was found and what was expected.
  public var problem: String
  /// What it said; empty where that has nothing to do with it.
  public var said: [UInt8] = []
  /// The end of what it wrote to its standard error.
  public var errors: [UInt8] = []
  /// Whether nothing is wrong but that something is not as in a transcript.
  public var isDifference = false

  public var description: String {
    let place = question.map { " question \($0):" } ?? ""
    var text = "\(seam) by \(command):\(place) \(problem)"
    if !said.isEmpty { text += "\n  it said: \(Self.shown(said))" }
    let lines = Self.lastLines(of: errors)
    if !lines.isEmpty {
      text +=
        "\n  its standard error ends with:\n"
        + lines.map { "  | \($0)" }
        .joined(separator: "\n")
    }
    return text
  }

  /// So much of a line is quoted, and so many lines of standard error, each as long at most.
  private static let mostBytes = 240
  private static let mostLines = 12

  /// The beginning of a line without control characters, and how long it is where that is not all.
  static func shown(_ line: some Collection<UInt8>) -> String {
    let text = String(decoding: line.prefix(mostBytes), as: UTF8.self)
    let plain = text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? "\u{FFFD}" : String(scalar)
    }
    return plain.joined() + (line.count > mostBytes ? "... (\(line.count) bytes)" : "")
  }

  private static func lastLines(of bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).suffix(mostLines).map { shown($0) }
  }
}
