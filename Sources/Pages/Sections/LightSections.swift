// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

// Requests for lightpaths, what failed, and what followed.

extension RunContent {
  func requests() throws -> Section? {
    guard let made = metric("requests")?.value, made > 0 else { return nil }
    var parts: [Part] = []
    let names = [
      "requests", "requests_accepted", "requests_blocked", "blocking", "blocking_of_rate",
      "load_erlang", "request_availability",
    ]
    if let facts = facts(names) { parts.append(facts) }
    let start = "requests_blocked_"
    let causes = metrics.filter { $0.name.hasPrefix(start) && $0.value > 0 }.map {
      (name: words["cause." + $0.name.dropFirst(start.count)], value: $0.value)
    }.sorted { $0.value > $1.value }
    if !causes.isEmpty {
      parts.append(Part.bars("causes", words["requests.causes"], unit: "", causes).half)
    }
    if let table = try folder.table("requests") { parts += try requestParts(table) }
    return Section(id: "requests", title: words["requests"], parts: parts)
  }

  private func requestParts(_ table: TableReader) throws -> [Part] {
    let (source, target, outcome) = (
      try table.column("source"), try table.column("target"), try table.column("outcome")
    )
    var blocked = MatrixTable()
    var pairs: [String: Double] = [:]
    while try table.advance() {
      guard table.text(outcome) == "blocked" else { continue }
      blocked.add(1, from: table.text(source), to: table.text(target))
      pairs[table.text(source) + " – " + table.text(target), default: 0] += 1
    }
    let most = pairs.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(12)
    guard !most.isEmpty else { return [] }
    let bars = Part.bars(
      "blocked-pairs", words["requests.pairs"], unit: "", most.map { ($0.key, $0.value) }
    ).half
    return [bars]
      + [matrix("blocked", words["requests.matrix"], unit: "", of: blocked)].compactMap { $0 }
  }

  /// What happened, but for lightpaths one by one.
  func events() throws -> Section? {
    guard let table = try folder.table("events") else { return nil }
    let (time, event, subject, detail) = (
      try table.column("time_s"), try table.column("event"), try table.column("subject"),
      try table.column("detail")
    )
    var counts: [String: Double] = [:]
    var rows: [[JSON]] = []
    while try table.advance() {
      let kind = table.text(event)
      counts[kind, default: 0] += 1
      guard !kind.hasPrefix("lightpath-"), rows.count < Self.mostEvents else { continue }
      rows.append([
        .number(try table.number(time)), .string(kind), .string(table.text(subject)),
        .string(table.text(detail)),
      ])
    }
    guard !counts.isEmpty else { return nil }
    let items = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { ($0.key, $0.value) }
    var parts = [Part.bars("event-counts", words["events.counts"], unit: "", items).half]
    if !rows.isEmpty {
      let columns: [Part.TableColumn] = [
        .init(words["time"], "instant"), .init(words["event"]), .init(words["subject"]),
        .init(words["detail"]),
      ]
      parts.append(
        Part.table(
          "events", words["events.list"], columns, rows,
          note: rows.count == Self.mostEvents
            ? words.filled("events.first", "\(Self.mostEvents)") : nil
        ).half)
    }
    return Section(id: "events", title: words["events"], parts: parts + (try leastAvailable()))
  }

  private static let mostEvents = 24

  private func leastAvailable() throws -> [Part] {
    guard let table = try folder.table("services") else { return [] }
    let columns = try ["service", "availability", "outages", "longest_outage_s"].map {
      try table.column($0)
    }
    var rows: [(availability: Double, cells: [JSON])] = []
    while try table.advance() {
      let numbers = try columns.dropFirst().map { try table.number($0) }
      guard numbers[0] < 1 else { continue }
      rows.append((numbers[0], [.string(table.text(columns[0]))] + numbers.map { .number($0) }))
    }
    guard !rows.isEmpty else { return [] }
    rows.sort { $0.availability < $1.availability }
    let heads: [Part.TableColumn] = [
      .init(words["link"]), .init(words["availability"], "%4"), .init(words["outages"]),
      .init(words["outage.longest"], "s"),
    ]
    return [
      .table("availability", words["events.availability"], heads, rows.prefix(20).map(\.cells))
    ]
  }
}
