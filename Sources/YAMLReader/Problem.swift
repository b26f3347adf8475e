// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Something in a file, or in a setting, that its writer has to change.
public struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
  public var file: String
  public var place: Place
  public var path: Path
  /// What was found and what was expected.
  public var text: String

  public init(file: String, place: Place, path: Path, text: String) {
    self.file = file
    self.place = place
    self.path = path
    self.text = text
  }

  public var description: String {
    let path = path.description
    let behind = path.isEmpty ? text : "\(path): \(text)"
    return switch place {
    case .file: "\(file): \(behind)"
    case .mark(let mark): "\(file):\(mark.line):\(mark.column): \(behind)"
    // The path that was set says where; saying it twice would say no more.
    case .setting(path): "--set \(path): \(text)"
    case .setting(let setting): "--set \(setting): \(behind)"
    case .removal(path): "--unset \(path): \(text)"
    case .removal(let removed): "--unset \(removed): \(behind)"
    }
  }
}

/// All the problems found so far in one file and in the settings that change it.
public struct Problems: Sendable {
  public let file: String
  public private(set) var all: [Problem] = []
  /// How many were found, those that are not kept among them.
  public private(set) var count = 0
  /// Nobody reads more; a file that is none of ours may have millions.
  public static let mostKept = 10_000
  /// As many different problems as one section has of a kind that is checked again and again.
  private static let mostRemembered = 8

  /// What settings have put in the tree, by its path there: to be named where the file has another.
  private var settings: [Path: Place] = [:]

  public init(file: String) {
    self.file = file
  }

  /// Has problems of the value at a path reported as those of the setting that put it there.
  public mutating func blame(_ setting: Setting, for path: Path) {
    if case .setting = setting.place { settings[path] = setting.place }
  }

  public var isEmpty: Bool { count == 0 }

  /// Adds a problem, unless it has just been said: one section may stand for many things.
  public mutating func add(_ text: String, at place: Place, path: Path = .root) {
    var problem = Problem(file: file, place: place, path: path, text: text)
    if case .mark = place, let setting = settings[path] { problem.place = setting }
    guard !all.suffix(Self.mostRemembered).contains(problem) else { return }
    count += 1
    guard all.count < Self.mostKept else { return }
    all.append(problem)
  }

  public mutating func add(
    found: String, expected: String, at place: Place, path: Path = .root
  ) {
    add("found \(found), expected \(expected)", at: place, path: path)
  }

  /// The problems in the order of the file: those of the whole first, those of settings last.
  public var sorted: [Problem] {
    all.enumerated()
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
  }
}

extension Problem {
  fileprivate var rank: Mark {
    switch place {
    case .file: Mark(line: 0, column: 0)
    case .mark(let mark): mark
    case .setting, .removal: Mark(line: .max, column: 0)
    }
  }
}
