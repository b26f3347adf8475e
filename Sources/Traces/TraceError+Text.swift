// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compression
internal import EventKernel
internal import Glibc
internal import Results

extension TraceError.Problem {
  var text: String {
    switch self {
    case .system(let code): String(cString: strerror(code))
    case .emptyFile(let expected): "the file is empty; expected \(expected)"
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
    default: numberText ?? fieldText ?? streamText ?? routeText
    }
  }

  private var numberText: String? {
    switch self {
    case .badNumber(let column, let text): "\(column): expected a number, found '\(text)'"
    case .negativeStart(let text): "start_s: a flow can't start before 0, found '\(text)'"
    case .startTooLate(let text):
      "start_s: '\(text)' is past the last instant that can be simulated, 9.2e9 s"
    case .timeGoesBack(let from, let to):
      "start_s: flows must be in order of their start, found \(to.text) after \(from.text); "
        + Self.howToSort
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

  private var fieldText: String? {
    switch self {
    case .unexpected(let column, let expected, let found):
      "\(column): expected \(expected), found '\(found)'"
    case .json(_, let expected, let found), .text(_, let expected, let found):
      "expected \(expected), found \(found)"
    case .missingKey(let key): "the key '\(key)' is missing"
    case .noMapping(let kind, let expected, let found):
      "these are not the columns of \(kind); expected \(expected); found "
        + "\(found.joined(separator: ", ")); other names are given by columns: {role: name} in a "
        + "scenario, --map role=name with show trace"
    case .noColumn(let name, let found):
      "there is no column '\(name)'; found \(found.joined(separator: ", "))"
    case .tooManyColumns(let count):
      "found \(count) columns; at most \(TraceRecords.keptFields) can be read"
    default: nil
    }
  }

  private var streamText: String? {
    switch self {
    case .outOfOrder(let column, let from, let to):
      "\(column): expected no time before that of the record above, \(from), found \(to); "
        + Self.howToSort
    case .beyondTime(let column, let text):
      "\(column): '\(text)' is past the last instant, in the year 2262"
    case .changed(let change): change.description
    case .packed(let fault): fault.description
    case .foreignContainer(let name):
      "found \(name), expected a trace, plain or packed by gzip or zstd"
    case .readableOnce: "a pipe can be read only once; give a file"
    case .periodTooShort(let period, let span):
      "repeated every \(period.seconds) s, the records overlap: they span \(span.seconds) s"
    case .noPeriod: "all records are of one instant; a period is needed to repeat them"
    case .movesTooMuch(let record, let bytes):
      "record \(record) moves \(bytes) B; expected at most 1000 EB"
    case .unknownKind(let found):
      "the kind of trace is not known; expected the columns of flows, jobs or requests, or the "
        + "Standard Workload Format, found \(found.joined(separator: ", ")); say which it is with "
        + "\(Self.kinds), and what other columns hold with --map role=column"
    case .kindOfPipe:
      "a pipe can be read only once; say which kind of trace it is with \(Self.kinds)"
    case .sorting(let failure):
      "can't be sorted in \(failure.folder): \(String(cString: strerror(failure.code))); expected room "
        + "there for as much as the trace has"
    default: nil
    }
  }

  private static let howToSort =
    "sort the file by it, or have it sorted: sort: true in a scenario, --sort with show trace"

  private static let kinds =
    "--kind " + TraceKind.allCases.map(\.rawValue).joined(separator: "|")
}

extension SimTime {
  /// The exact decimal number of seconds, of an instant that is not negative.
  var text: String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest > 0 else { return "\(whole)" }
    var digits = String(String(rest + 1_000_000_000).dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
