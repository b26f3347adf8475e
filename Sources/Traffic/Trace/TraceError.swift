// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Glibc

/// What is wrong with a trace, and on which of its lines.
public struct TraceError: Error, Equatable, CustomStringConvertible {
  public enum Problem: Error, Equatable {
    /// A call of the system failed with this `errno`.
    case system(Int32)
    case emptyFile
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

  public var description: String {
    guard let line else { return "\(file): \(problem.text)" }
    return "\(file):\(line): \(problem.text)"
  }
}

extension TraceError.Problem {
  fileprivate var text: String {
    switch self {
    case .system(let code): String(cString: strerror(code))
    case .emptyFile: "the file is empty; expected the header \(TraceColumns.header)"
    case .unknownColumn(let name):
      "unknown column '\(name)'; the columns of a trace are \(TraceColumns.known)"
    case .duplicateColumn(let name): "the column '\(name)' is there twice"
    case .missingColumn(let name): "the column '\(name)' is missing from the header"
    case .fieldCount(let expected, let found):
      "expected \(expected) fields as in the header, found \(found)"
    case .textAfterBlankLine: "expected the end of the file after an empty line, found more text"
    case .lineTooLong: "the line is longer than 1 MiB"
    case .unterminatedQuote: "a quote is opened and never closed"
    case .strayQuote: "a quote may only enclose a whole field, and is doubled inside one"
    case .notUTF8(let column): "\(column): the text is not UTF-8"
    case .noName: "flow: the name is empty"
    default: numberText ?? routeText
    }
  }

  private var numberText: String? {
    switch self {
    case .badNumber(let column, let text): "\(column): expected a number, found '\(text)'"
    case .negativeStart(let text): "start_s: a flow can't start before 0, found '\(text)'"
    case .startTooLate(let text):
      "start_s: '\(text)' is past the last instant that can be simulated, 9.2e9 s"
    case .timeGoesBack(let from, let to):
      "start_s: flows must be in order of their start, found \(to.text) after \(from.text)"
    case .bytesNotPositive(let text): "bytes: expected a number above 0, found '\(text)'"
    case .bytesTooLarge(let text): "bytes: the number '\(text)' is too large"
    default: nil
    }
  }

  private var routeText: String {
    switch self {
    case .emptyLinkName(let path): "path: an empty link name in '\(path)'"
    case .route(let problem): problem.description
    default: "expected a source and a target, or a path"
    }
  }
}

extension SimTime {
  /// The exact decimal number of seconds, of an instant that is not negative.
  fileprivate var text: String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest > 0 else { return "\(whole)" }
    var digits = String(String(rest + 1_000_000_000).dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
