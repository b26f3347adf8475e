// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Statistics
internal import Text
internal import YAMLReader

// Requests that are written down in a file.

/// What a row says that no request can be.
private struct BadRow: Error {
  var text: String

  init(_ text: String) {
    self.text = text
  }

  init(_ column: String, of row: SmallTableRow, expected: String) {
    text = "found \(column) \(Node.quoted(row[column])), expected \(expected)"
  }
}

extension Checker {
  /// The requests of a CSV file in their order; rows in error are reported with their line.
  mutating func traced(_ trace: Written<String>, _ standard: Protection) -> [ListedRequest] {
    let columns = ["request", "start_s", "source", "target", "rate_bps", "hold_s"]
    guard let rows = rows(ofCSV: trace, required: columns) else { return [] }
    var found: [ListedRequest] = []
    var lines: [String: Int] = [:]
    for row in rows {
      do throws(BadRow) {
        let request = try request(row, standard)
        if let first = lines.updateValue(row.line, forKey: request.name) {
          lines[request.name] = first
          throw BadRow("a second request \(Node.quoted(request.name)), first in line \(first)")
        }
        found.append(request)
      } catch {
        report("\(Node.quoted(trace.value)) line \(row.line): \(error.text)", at: trace)
      }
    }
    return found
  }

  private func request(
    _ row: SmallTableRow, _ standard: Protection
  ) throws(BadRow) -> ListedRequest {
    if let problem = row.problem ?? Name.problem(row["request"]) { throw BadRow(problem) }
    guard let source = resolver.node(named: row["source"]) else {
      throw BadRow("unknown node \(Node.quoted(row["source"]))")
    }
    guard let target = resolver.node(named: row["target"]) else {
      throw BadRow("unknown node \(Node.quoted(row["target"]))")
    }
    guard target != source else { throw BadRow("target", of: row, expected: "another node") }
    guard let start = seconds(row["start_s"]) else {
      throw BadRow("start_s", of: row, expected: "seconds from 0 on")
    }
    guard let rate = DecimalText(row["rate_bps"])?.value(), rate > 0, rate <= 1e18 else {
      throw BadRow("rate_bps", of: row, expected: "bits per second above zero, up to 1e18")
    }
    return ListedRequest(
      name: row["request"], start: SimTime.zero + start, source: source, target: target,
      rate: BitsPerSecond(rate), hold: try hold(row), protection: try protection(row, standard))
  }

  private func hold(_ row: SmallTableRow) throws(BadRow) -> SimDuration? {
    guard !row["hold_s"].isEmpty else { return nil }
    guard let hold = seconds(row["hold_s"]), hold > .zero else {
      throw BadRow("hold_s", of: row, expected: "seconds above zero")
    }
    return hold
  }

  private func protection(
    _ row: SmallTableRow, _ standard: Protection
  ) throws(BadRow) -> Protection {
    guard !row["protection"].isEmpty else { return standard }
    guard let protection = Protection(rawValue: row["protection"]) else {
      throw BadRow("protection", of: row, expected: "none, 1+1, ring or restoration")
    }
    guard protection != .ring || !scenario.network.rings.isEmpty else {
      throw BadRow("protection", of: row, expected: "a network with rings for it")
    }
    return protection
  }

  private func seconds(_ text: String) -> SimDuration? {
    guard let value = DecimalText(text)?.value(), value >= 0 else { return nil }
    return SimDuration(seconds: value)
  }
}
