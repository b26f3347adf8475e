// SPDX-License-Identifier: GPL-3.0-or-later
internal import CWatcher

/// A program that takes decisions, and how it is started.
public struct PolicyCommand: Equatable, Sendable {
  /// In seconds.
  public static let standardTimeout = 10.0

  /// The program and its arguments; at least one word.
  public var words: [String]
  /// The folder that it is started in, and that relative paths of its words start from.
  public var folder: String
  /// For how long an answer may take by the clock on the wall, in seconds.
  public var timeout: Double

  public init(_ words: [String], in folder: String = ".", timeout: Double = standardTimeout) {
    self.words = words
    self.folder = folder
    self.timeout = timeout
  }

  /// Whether a folder of PATH has a program of that name.
  public static func isInPath(_ name: String) -> Bool { cwatcher_is_in_path(name) }

  /// As people write it, for messages.
  public var text: String { words.joined(separator: " ") }
}
