// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Glibc

/// One flow of a trace.
public struct TraceRow {
  /// UTF-8, valid until the next row is read.
  public let name: UnsafeBufferPointer<UInt8>
  public let start: SimTime
  /// Above 0 and finite.
  public let bytes: Double
  /// What the resolver answered for its ends, path and class.
  public let route: Int32
}

/// Reads a CSV file of flows from front to back; its memory does not grow with the file.
///
/// The columns are `flow`, `start_s`, `source`, `target`, `bytes`, and perhaps `path` and `class`,
/// in any order. Links in a path are joined by `;`; source and target may be empty beside a path.
/// Fields may be quoted as in RFC 4180, lines end in LF or CRLF, and a byte order mark is skipped.
public final class TraceReader {
  public let file: String
  private var records: CSVRecords
  private let columns: TraceColumns
  private var routes = RouteCache()
  private var previous = SimTime.zero

  /// Opens the file and reads its header.
  public init(file: String) throws(TraceError) {
    self.file = file
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw TraceError(file: file, line: nil, problem: .system(errno))
    }
    records = CSVRecords(owning: descriptor)
    do throws(TraceError.Problem) {
      columns = try TraceReader.readHeader(&records)
    } catch {
      throw TraceError(file: file, line: records.line, problem: error)
    }
  }

  /// The part of the file that has been read; 0 for a pipe, whose length nobody knows.
  public var fractionRead: Double { records.fractionRead }

  /// Returns the next flow, or nil behind the last one.
  ///
  /// `resolve` is asked once for each combination of ends, path and class, and its answer stands
  /// in every row that has them.
  public func next(
    resolve: (RouteRequest) throws(RouteProblem) -> Int32
  ) throws(TraceError) -> TraceRow? {
    do throws(TraceError.Problem) {
      return try row(resolve)
    } catch {
      throw TraceError(file: file, line: records.line, problem: error)
    }
  }

  private func row(
    _ resolve: (RouteRequest) throws(RouteProblem) -> Int32
  ) throws(TraceError.Problem) -> TraceRow? {
    guard try records.next() else { return nil }
    if records.isBlank {
      try requireEnd()
      return nil
    }
    guard records.fieldCount == columns.count else {
      throw .fieldCount(expected: columns.count, found: records.fieldCount)
    }
    let name = records[columns.flow]
    guard !name.isEmpty else { throw .noName }
    guard TraceReader.isUTF8(name) else { throw .notUTF8(column: "flow") }
    let start = try TraceReader.start(records[columns.start])
    guard start >= previous else { throw .timeGoesBack(from: previous, to: start) }
    let bytes = try TraceReader.bytes(records[columns.bytes])
    let route = try route(resolve)
    previous = start
    return TraceRow(name: name, start: start, bytes: bytes, route: route)
  }

  private func route(
    _ resolve: (RouteRequest) throws(RouteProblem) -> Int32
  ) throws(TraceError.Problem) -> Int32 {
    let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let key = RouteCache.Key(
      source: records[columns.source], target: records[columns.target],
      path: columns.path.map { records[$0] } ?? none,
      className: columns.className.map { records[$0] } ?? none)
    let hash = key.hash
    if let known = routes.route(of: key, hash: hash) { return known }
    let request = try RouteRequest(key)
    do throws(RouteProblem) {
      let route = try resolve(request)
      routes.insert(key, hash: hash, route: route)
      return route
    } catch {
      throw .route(error)
    }
  }
}

extension TraceReader {
  /// In bytes: 1000 EB, as in scenario files.
  private static let largestFlow = 1e21

  private static func readHeader(
    _ records: inout CSVRecords
  ) throws(TraceError.Problem) -> TraceColumns {
    try records.skipByteOrderMark()
    guard try records.next(), !records.isBlank else { throw .emptyFile }
    return try TraceColumns(header: records)
  }

  /// Accepts blank lines at the end of the file, and nowhere else.
  private func requireEnd() throws(TraceError.Problem) {
    while try records.next() {
      guard records.isBlank else { throw .textAfterBlankLine }
    }
  }

  private static func isUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var seen: UInt8 = 0
    for byte in text { seen |= byte }
    return seen < 0x80 || String(validating: text, as: UTF8.self) != nil
  }

  private static func start(
    _ field: UnsafeBufferPointer<UInt8>
  ) throws(TraceError.Problem) -> SimTime {
    guard let number = DecimalText(field) else {
      throw .badNumber(column: "start_s", text: shown(field))
    }
    guard !number.isNegative || number.isZero else { throw .negativeStart(shown(field)) }
    guard let nanoseconds = number.nanoseconds else { throw .startTooLate(shown(field)) }
    return SimTime(nanoseconds: nanoseconds)
  }

  private static func bytes(
    _ field: UnsafeBufferPointer<UInt8>
  ) throws(TraceError.Problem) -> Double {
    guard let number = DecimalText(field) else {
      throw .badNumber(column: "bytes", text: shown(field))
    }
    let bytes = number.double
    guard bytes > 0 else { throw .bytesNotPositive(shown(field)) }
    guard bytes <= largestFlow else { throw .bytesTooLarge(shown(field)) }
    return bytes
  }
}

extension RouteRequest {
  fileprivate init(_ key: RouteCache.Key) throws(TraceError.Problem) {
    func text(
      _ field: UnsafeBufferPointer<UInt8>, _ column: String
    ) throws(TraceError.Problem) -> String {
      guard let text = String(validating: field, as: UTF8.self) else {
        throw .notUTF8(column: column)
      }
      return text
    }
    source = try text(key.source, "source")
    target = try text(key.target, "target")
    className = try text(key.className, "class")
    _ = try text(key.path, "path")
    // Split as bytes: a semicolon is one, and characters would have to be found first.
    let names = key.path.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    path = key.path.isEmpty ? [] : names.map { String(decoding: $0, as: UTF8.self) }
    guard !path.contains("") else { throw .emptyLinkName(path: shown(key.path)) }
    guard !path.isEmpty || !source.isEmpty && !target.isEmpty else { throw .noRoute }
  }
}
