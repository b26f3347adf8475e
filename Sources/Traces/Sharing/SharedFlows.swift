// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The flows of a trace as they were parsed, for any number of runs at once.
///
/// What a row asks for by its ends, path and class is a number: each run has routes of its own.
final class SharedFlows: SharedRows {
  struct Row {
    var start: SimTime
    var bytes: Double
    /// Behind the start; 0 for none.
    var deadline: SimTime
    /// Where its name begins; it ends where that of the next row begins.
    var name: UInt32
    var request: Int32
    var line: UInt32
  }

  let file: String
  let requests: [RouteRequest]
  /// One more than there are flows: where the last name ends.
  nonisolated(unsafe) let rows: UnsafeMutableBufferPointer<Row>
  nonisolated(unsafe) let names: UnsafeMutableBufferPointer<UInt8>

  var bytes: Int { rows.count * MemoryLayout<Row>.stride + names.count }

  /// Reads all of a file; throws where a line can't be read, or more than so many bytes come of it.
  init(file: String, mapping: TraceMapping, mostBytes: Int) throws {
    let reader = try TraceReader(file: file, mapping: mapping)
    let most = min(mostBytes, Int(Int32.max))
    var requests: [RouteRequest] = []
    var (rows, names): ([Row], [UInt8]) = ([], [])
    while let row = try reader.next(resolve: { request in
      requests.append(request)
      return Int32(requests.count - 1)
    }) {
      rows.append(
        Row(
          start: row.start, bytes: row.bytes, deadline: row.deadline ?? .zero,
          name: UInt32(names.count), request: row.route,
          line: UInt32(truncatingIfNeeded: reader.line)))
      names.append(contentsOf: row.name)
      guard (rows.count + 1) * MemoryLayout<Row>.stride + names.count <= most else {
        throw TooLongToShare()
      }
    }
    rows.append(
      Row(
        start: .distantFuture, bytes: 0, deadline: .zero, name: UInt32(names.count), request: 0,
        line: 0))
    self.file = file
    self.requests = requests
    self.rows = .allocate(capacity: rows.count)
    _ = self.rows.initialize(fromContentsOf: rows)
    self.names = .allocate(capacity: names.count)
    _ = self.names.initialize(fromContentsOf: names)
  }

  deinit {
    rows.deallocate()
    names.deallocate()
  }
}

/// Goes through shared flows as a reader goes through their file.
final class SharedFlowReader {
  private let shared: SharedFlows
  // Read at each row by several threads: the counts of what is shared are left alone.
  private let rows: UnsafeMutableBufferPointer<SharedFlows.Row>
  private let names: UnsafeMutableBufferPointer<UInt8>
  private let tolerance: Tolerance
  private var position = 0
  /// The answer to each request; none below 0.
  private var routes: [Int32]
  private(set) var skipped = SkippedLines()

  init(_ shared: SharedFlows, tolerance: Tolerance) {
    self.shared = shared
    (rows, names) = (shared.rows, shared.names)
    self.tolerance = tolerance
    routes = Array(repeating: -1, count: shared.requests.count)
  }

  var file: String { shared.file }

  var fractionRead: Double { Double(position) / Double(rows.count) }

  func rewind() { position = 0 }

  func next(
    resolve: (RouteRequest) throws(RouteProblem) -> Int32
  ) throws(TraceError) -> TraceRow? {
    while position + 1 < rows.count {
      let row = rows[position]
      position += 1
      var route = routes[Int(row.request)]
      if route < 0 {
        do throws(RouteProblem) { route = try resolve(shared.requests[Int(row.request)]) } catch {
          let error = TraceError(file: file, line: Int(row.line), problem: .route(error))
          guard case .lenient = tolerance else { throw error }
          skipped.add(error)
          continue
        }
        routes[Int(row.request)] = route
      }
      let end = Int(rows[position].name)
      return TraceRow(
        name: UnsafeBufferPointer(rebasing: names[Int(row.name)..<end]), start: row.start,
        bytes: row.bytes, route: route, deadline: row.deadline == .zero ? nil : row.deadline)
    }
    return nil
  }
}
