// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Samples
import Traces

/// A row that outlives the reader's buffer.
struct Row: Equatable {
  var name: String
  var start: Int64
  var bytes: Double
  var request: RouteRequest
}

func read(_ text: String) throws -> [Row] {
  let trace = try Trace(text)
  return try withExtendedLifetime(trace) { try rows(of: trace.path) }
}

func rows(of file: String, unknownNode: String? = nil) throws -> [Row] {
  let reader = try TraceReader(file: file)
  var requests: [RouteRequest] = []
  var rows: [Row] = []
  let resolve = { (request: RouteRequest) throws(RouteProblem) -> Int32 in
    if let unknownNode, request.target == unknownNode { throw .unknownNode(unknownNode) }
    requests.append(request)
    return Int32(requests.count - 1)
  }
  while let row = try reader.next(resolve: resolve) {
    rows.append(
      Row(
        name: String(decoding: row.name, as: UTF8.self), start: row.start.nanoseconds,
        bytes: row.bytes, request: requests[Int(row.route)]))
  }
  return rows
}

/// What the reader says of a trace, from its file's name on; nil where it is content.
func complaint(about text: String, unknownNode: String? = nil) -> String? {
  complaint(about: Data(text.utf8), unknownNode: unknownNode)
}

func complaint(about bytes: Data, unknownNode: String? = nil) -> String? {
  do {
    let trace = try Trace(bytes)
    return try withExtendedLifetime(trace) {
      _ = try rows(of: trace.path, unknownNode: unknownNode)
      return nil
    }
  } catch {
    let text = "\(error)"
    guard let name = text.range(of: "trace.csv") else { return text }
    return String(text[name.lowerBound...])
  }
}
