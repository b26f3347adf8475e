// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

// Flows: how long they took, what held them back, and from where to where they went.

extension RunContent {
  func flows() throws -> Section? {
    var parts: [Part] = []
    let names = [
      "flows_started", "flows_finished", "flows_unfinished", "flows_moved", "flows_broken",
      "bytes_delivered", "fct_mean", "fct_p50", "fct_p99", "slowdown_mean", "slowdown_p99",
    ]
    guard let started = metric("flows_started")?.value, started > 0 else { return nil }
    if let facts = facts(names) { parts.append(facts) }
    var traffic = MatrixTable()
    if let table = try folder.table("flows") {
      let spread = try readFlows(table, &traffic)
      if let part = spread.part(
        "fct", words["flows.fct"], unit: "s", quantiles: quantiles("fct"))
      {
        parts.append(part.half)
      }
    }
    if let part = try bottlenecks() { parts.append(part.half) }
    if let part = matrix("traffic", words["flows.matrix"], unit: "B", of: traffic) {
      parts.append(part)
    }
    return Section(id: "flows", title: words["flows"], parts: parts)
  }

  /// Times to completion; the bytes from node to node go into the matrix.
  private func readFlows(_ table: TableReader, _ traffic: inout MatrixTable) throws -> Spread {
    let (source, target, bytes, start, finish) = (
      try table.column("source"), try table.column("target"), try table.column("bytes"),
      try table.column("start_s"), try table.column("finish_s")
    )
    var spread = Spread()
    while try table.advance() {
      spread.add(try table.number(finish) - table.number(start))
      guard !table.isEmpty(source), !table.isEmpty(target) else { continue }
      traffic.add(
        try table.number(bytes), from: table.text(source), to: table.text(target))
    }
    return spread
  }

  func matrix(_ id: String, _ title: String, unit: String, of table: MatrixTable) -> Part? {
    guard !table.isEmpty else { return nil }
    let most = table.largest(Self.mostRows)
    guard most.rows.count > 1 || most.columns.count > 1 else { return nil }
    return .matrix(
      id, title, unit: unit, rows: most.rows, columns: most.columns, most.values,
      note: words[most.isAll ? "matrix.way" : "matrix.largest"])
  }

  /// Rows and columns of a matrix that people can look over.
  private static let mostRows = 40

  private func bottlenecks() throws -> Part? {
    guard let table = try folder.table("bottlenecks") else { return nil }
    let (name, limit, link, time) = (
      try table.column("class"), try table.column("limit"), try table.column("link"),
      try table.column("flow_s")
    )
    var items: [(name: String, value: Double)] = []
    while try table.advance() {
      let what =
        table.isEmpty(link) ? table.text(limit) : table.text(limit) + " " + table.text(link)
      items.append((table.text(name) + ": " + what, try table.number(time)))
    }
    items.sort { ($0.value, $1.name) > ($1.value, $0.name) }
    guard !items.isEmpty else { return nil }
    return .bars(
      "bottlenecks", words["flows.held"], unit: words["unit.flow-seconds"], Array(items.prefix(12)),
      note: words["flows.held.about"])
  }
}
