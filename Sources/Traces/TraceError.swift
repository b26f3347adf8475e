// SPDX-License-Identifier: GPL-3.0-or-later
public import Compression
public import EventKernel
public import Results
public import Text

/// What is wrong with a trace, and on which of its lines.
public struct TraceError: Error, Equatable, CustomStringConvertible {
  public enum Problem: Error, Equatable {
    /// A call of the system failed with this `errno`.
    case system(Int32)
    /// Somebody wrote to the file while it was read.
    case changed(FileChange)
    /// A packed file is damaged, or ends before its end.
    case packed(UnpackingFault)
    /// The file is in a packed format that is not read; its name.
    case foreignContainer(String)
    case emptyFile(expected: String)
    case unknownColumn(String)
    case duplicateColumn(String)
    case missingColumn(String)
    case fieldCount(expected: Int, found: Int)
    case textAfterBlankLine
    case lineTooLong
    case unterminatedQuote
    case strayQuote
    case notUTF8(column: String)
    case noName
    case badNumber(column: String, text: String)
    case negativeStart(String)
    case startTooLate(String)
    case timeGoesBack(from: SimTime, to: SimTime)
    case bytesNotPositive(String)
    case bytesTooLarge(String)
    /// Neither a path nor both ends are given.
    case noRoute
    case emptyLinkName(path: String)
    case route(RouteProblem)
    /// A field that is something else than its column holds.
    case unexpected(column: String, expected: String, found: String)
    /// What is wrong with a line of JSON, at this character of it.
    case json(column: Int, expected: String, found: String)
    /// What is wrong with a text of JSON as a whole, at a place in it.
    case text(Mark, expected: String, found: String)
    case missingKey(String)
    /// The columns are named by none of the known names.
    case noMapping(kind: String, expected: String, found: [String])
    case noColumn(String, found: [String])
    case tooManyColumns(Int)
    case outOfOrder(column: String, from: String, to: String)
    case beyondTime(column: String, text: String)
    /// A pipe can't be read a second time.
    case readableOnce
    /// The records last longer than the period after which they begin again.
    case periodTooShort(period: SimDuration, span: SimDuration)
    case noPeriod
    /// What a record moves is more than there can be.
    case movesTooMuch(record: Int, bytes: Double)
    case unknownKind(found: [String])
    case kindOfPipe
    /// The rows can't be put in order for want of a file to do it in.
    case sorting(SortingFailure)
  }

  /// The path as the user gave it.
  public var file: String
  /// Counted from 1; nil where the file as a whole is meant.
  public var line: Int?
  public var problem: Problem

  public init(file: String, line: Int?, problem: Problem) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  /// Whether the lines that follow can be read all the same.
  var isOfOneLine: Bool {
    switch problem {
    case .system, .sorting, .changed, .packed, .foreignContainer: false
    default: true
    }
  }

  public var description: String {
    if case .text(let mark, _, _) = problem {
      return "\(file):\(mark.line):\(mark.column): \(problem.text)"
    }
    guard let line else { return "\(file): \(problem.text)" }
    if case .json(let column, _, _) = problem {
      return "\(file):\(line):\(column): \(problem.text)"
    }
    return "\(file):\(line): \(problem.text)"
  }
}
