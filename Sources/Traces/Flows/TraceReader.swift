// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Results

/// One flow of a trace.
public struct TraceRow: TraceRecord {
  /// UTF-8, valid until the next row is read.
  public let name: UnsafeBufferPointer<UInt8>
  public private(set) var start: SimTime
  /// Above 0 and finite.
  public private(set) var bytes: Double
  /// What the resolver answered for its ends, path and class.
  public let route: Int32
  /// Behind the start; nil for a flow that has none.
  public private(set) var deadline: SimTime?

  /// A flow that is moved in time takes its deadline along.
  public var time: SimTime {
    get { start }
    set {
      deadline = deadline.map { $0 == .distantFuture ? $0 : newValue + ($0 - start) }
      start = newValue
    }
  }

  public mutating func scale(by factor: Double) { bytes *= factor }
}

/// Reads a CSV file of flows from front to back; its memory does not grow with the file.
///
/// The columns are `flow`, `start_s`, `source`, `target`, `bytes`, and perhaps `path`, `class` and
/// `deadline_s`, in any order; a mapping names others, and lets what is left be ignored. Links in a path are joined by `;`; source and target may be empty beside a path.
/// Fields may be quoted as in RFC 4180, lines end in LF or CRLF, and a byte order mark is skipped.
public final class TraceReader {
  public let file: String
  private var records: TraceRecords
  private let columns: TraceColumns
  private let mapping: TraceMapping
  private var routes = RouteCache()
  private var previous = SimTime.zero
  private let tolerance: Tolerance
  private let order: RecordOrder
  /// What was left out, where it may be.
  public private(set) var skipped = SkippedLines()

  /// Opens the file and reads its header; a certified reading has a record.
  public init(
    file: String, mapping: TraceMapping = TraceMapping(), tolerance: Tolerance = .strict,
    order: RecordOrder = .ofTime, isCertified: Bool = false
  ) throws(TraceError) {
    self.file = file
    self.tolerance = tolerance
    self.order = order
    self.mapping = mapping
    do throws(TraceError.Problem) {
      records = try TraceRecords.opening(file, isCertified: isCertified)
    } catch {
      throw TraceError(file: file, line: nil, problem: error)
    }
    do throws(TraceError.Problem) {
      columns = try TraceReader.readHeader(&records, mapping)
    } catch {
      throw TraceError(file: file, line: records.line, problem: error)
    }
  }

  /// The line of the row at hand.
  var line: Int { records.line }

  /// The part of the file that has been read; 0 for a pipe, whose length nobody knows.
  public var fractionRead: Double { records.fractionRead }

  /// What was read, for a manifest; of a certified reading only.
  public func record() throws(TraceError) -> FileRecord {
    do throws(TraceError.Problem) {
      return try records.record()
    } catch {
      throw TraceError(file: file, line: nil, problem: error)
    }
  }

  /// Goes back to the first flow.
  func rewind() throws(TraceError) {
    do throws(TraceError.Problem) {
      try records.rewind()
      _ = try TraceReader.readHeader(&records, mapping)
    } catch {
      throw TraceError(file: file, line: nil, problem: error)
    }
    previous = .zero
  }

  /// Returns the next flow, or nil behind the last one.
  ///
  /// `resolve` is asked once for each combination of ends, path and class, and its answer stands
  /// in every row that has them.
  public func next(
    resolve: (RouteRequest) throws(RouteProblem) -> Int32
  ) throws(TraceError) -> TraceRow? {
    while true {
      do throws(TraceError.Problem) {
        return try row(resolve)
      } catch {
        let error = TraceError(file: file, line: records.line, problem: error)
        guard case .lenient = tolerance, error.isOfOneLine else { throw error }
        skipped.add(error)
      }
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
    guard name.isUTF8 else { throw .notUTF8(column: "flow") }
    guard !name.hasControl else {
      throw .unexpected(column: "flow", expected: FieldText.aName, found: shown(name))
    }
    let start = try start(records[columns.start])
    let bytes = try TraceReader.bytes(records[columns.bytes])
    let deadline = try deadline(behind: start)
    let route = try route(resolve)
    previous = start
    return TraceRow(name: name, start: start, bytes: bytes, route: route, deadline: deadline)
  }

  private func start(
    _ field: UnsafeBufferPointer<UInt8>
  ) throws(TraceError.Problem) -> SimTime {
    if let (name, unit) = columns.foreignStart {
      let start = try field.instant(name, in: unit)
      guard start >= previous || order == .any else {
        throw .outOfOrder(column: name, from: previous.text, to: start.text)
      }
      return start
    }
    let start = try TraceReader.seconds(field)
    guard start >= previous || order == .any else { throw .timeGoesBack(from: previous, to: start) }
    return start
  }

  /// The deadline of the row; nil where the field is empty or there is none.
  private func deadline(behind start: SimTime) throws(TraceError.Problem) -> SimTime? {
    guard let column = columns.deadline, !records[column].isEmpty else { return nil }
    let field = records[column]
    let unit = columns.foreignStart?.unit ?? .seconds
    let deadline = try field.instant("deadline_s", in: unit)
    guard deadline > start else {
      throw .unexpected(
        column: "deadline_s", expected: "an instant after the start", found: shown(field))
    }
    return deadline
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
    _ records: inout TraceRecords, _ mapping: TraceMapping
  ) throws(TraceError.Problem) -> TraceColumns {
    guard try records.next(), !records.isBlank else {
      throw .emptyFile(expected: "the header \(TraceColumns.header)")
    }
    return try TraceColumns(header: records, mapping: mapping)
  }

  /// Accepts blank lines at the end of the file, and nowhere else.
  private func requireEnd() throws(TraceError.Problem) {
    while try records.next() {
      guard records.isBlank else { throw .textAfterBlankLine }
    }
  }

  private static func seconds(
    _ field: UnsafeBufferPointer<UInt8>
  ) throws(TraceError.Problem) -> SimTime {
    guard let number = DecimalField(field) else {
      throw .badNumber(column: "start_s", text: shown(field))
    }
    guard !number.isNegative || number.isZero else { throw .negativeStart(shown(field)) }
    guard let nanoseconds = number.nanoseconds else { throw .startTooLate(shown(field)) }
    return SimTime(nanoseconds: nanoseconds)
  }

  private static func bytes(
    _ field: UnsafeBufferPointer<UInt8>
  ) throws(TraceError.Problem) -> Double {
    guard let number = DecimalField(field) else {
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
