// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Results/transports.md is what whole runs give beside packets; `make golden` writes it anew.
@Suite struct TransportTableTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Time in that of the line, or the rate in bit/s, by a run of the program for each transport.
  private func found() throws -> [Double] {
    var all = [Double](repeating: .nan, count: TransportRow.all.count)
    for transport in Set(TransportRow.all.map(\.transport)) {
      let places = TransportRow.all.indices.filter { TransportRow.all[$0].transport == transport }
      let lines = places.map { place in
        let row = TransportRow.all[place]
        return TransportRun.Line(
          capacity: row.capacity, roundTrip_ns: row.roundTrip_ns, loss: row.loss,
          bytes: row.packets > 0 ? 4098 * row.packets : 1_000_000_000)
      }
      let isRemote = transport.hasPrefix("roce")
      let run = try TransportRun(transport + (isRemote ? ", packet: 4098 B" : ""), lines)
      for (place, (line, seconds)) in zip(places, zip(lines, try run.seconds(lines))) {
        let bits = 8 * Double(line.bytes)
        all[place] = isRemote ? seconds * 100e9 / bits : bits / seconds
      }
    }
    return all
  }

  /// Why a row may differ; nil where it has to fit.
  private func reason(_ row: TransportRow) -> String? {
    let loss = Double(row.loss) ?? .nan
    if row.transport.contains("sack: false") {
      return "losses are independent here, and NewReno mends them without time-outs (RFC 6582)"
    }
    if row.packets == 0, loss > 1e-3 {
      return "above 1e-3 ns-3 3.37 can lock a flow into a segment a time-out"
    }
    if row.transport == "tcp-cubic", row.roundTrip_ns < 50_000_000 {
      return "ns-3's CUBIC is slower than its NewReno here, which RFC 9438, 4.3, rules out"
    }
    return nil
  }

  private func fits(_ row: TransportRow, _ found: Double) -> Bool {
    abs(found - row.found) <= 0.06 * row.found + 3 * row.error
  }

  @Test func theTableIsWhatRunsGive() throws {
    let found = try found()
    for (row, value) in zip(TransportRow.all, found) where reason(row) == nil {
      #expect(fits(row, value), "\(row): \(value)")
    }
    let text = table(found)
    let file = TransportTableTests.root.appending(path: "Results/transports.md")
    if ProcessInfo.processInfo.environment["CPNSIM_UPDATE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  private func table(_ found: [Double]) -> String {
    var text = TransportTableTests.head
    for isRemote in [true, false] {
      text +=
        isRemote
        ? "\n## Messages over RDMA: the time from the first bit to the last, in that of the line at 100 Gbit/s\n"
        : "\n## TCP over 1 Gbit/s, of which 964 Mbit/s are payload: Mbit/s in the long run\n"
      text +=
        "\n| transport | round trip | loss | packets | runs | ns-3 | +- | here | here/ns-3 | |\n"
      text += "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|\n"
      for (row, value) in zip(TransportRow.all, found) where (row.packets > 0) == isRemote {
        let unit = isRemote ? 1.0 : 1e6
        let cells = [
          row.transport, milliseconds(row.roundTrip_ns), row.loss,
          isRemote ? "\(row.packets)" : "", "\(row.runs)", digits(row.found / unit),
          digits(row.error / unit), digits(value / unit), digits(value / row.found),
          fits(row, value) ? "" : reason(row) ?? "",
        ]
        text += "| " + cells.joined(separator: " | ") + " |\n"
      }
    }
    return text
  }

  private func milliseconds(_ ns: Int) -> String { String(format: "%g ms", Double(ns) / 1e6) }

  private func digits(_ value: Double) -> String { String(format: "%.3f", value) }

  private static let head = """
    # Transports: whole runs beside packets

    Each row is one flow over one link that loses packets at random, by `cpnsim run`, beside the mean of several runs of
    ns-3 3.37, packet by packet, with the standard error of that mean. `make golden` writes this table anew, and a test
    checks it.

    A row fits where it is within 6 % and three standard errors. Rows that do not fit say why. Runs of one seed share
    their losses with those of other rows, so that neighbours err alike. What is not in the table: slow start, which TCP
    here does not have, so that a short flow over a path without loss takes less time than in ns-3, and one over a lossy
    path more.

    """
}
