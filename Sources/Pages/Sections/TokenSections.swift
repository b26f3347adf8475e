// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

// Requests for tokens: what was served where and when, and from where to where it went.

extension RunContent {
  func tokens() throws -> Section? {
    guard metric("tokens_offered") != nil else { return nil }
    var parts: [Part] = []
    let names = [
      "tokens_offered", "tokens_served", "tokens_refused", "tokens_lost", "tokens_served_share",
      "tokens_delay_mean", "token_nodes_asked", "token_nodes_used_share", "sampled_delay_p99",
    ]
    if let facts = facts(names) { parts.append(facts) }
    if let steps = try tokenSteps() {
      parts.append(
        .chart(
          "tokens-all", words["tokens.time"], unit: words["unit.tokens-per-second"],
          times: steps.served.times,
          [
            (words["tokens.served"], steps.served.sums),
            (words["tokens.refused"], steps.refused.sums),
          ]
        ).half)
      parts.append(
        .chart(
          "tokens-use", words["tokens.use"], unit: "%", times: steps.use.times, steps.use.series,
          picks: true
        ).half)
    }
    if let table = try folder.table("tokens") { parts += try tokenWays(table) }
    return Section(id: "tokens", title: words["tokens"], parts: parts)
  }

  struct TokenSteps {
    /// Per second, by site; refused ones have none.
    var served = SeriesTable()
    var refused = SeriesTable()
    var use = SeriesTable()
  }

  /// What each site served in each step of the day; nil where the run did not write it.
  func tokenSteps() throws -> TokenSteps? {
    guard let table = try folder.table("token-sites") else { return nil }
    let (site, start, end) = (
      try table.column("site"), try table.column("start_s"), try table.column("end_s")
    )
    let (served, refused, use) = (
      try table.column("served_tokens"), try table.column("refused_tokens"),
      try table.column("use")
    )
    var steps = TokenSteps()
    while try table.advance() {
      let (from, to) = (try table.number(start), try table.number(end))
      guard to > from else { continue }
      let name = table.text(site)
      let count = try table.number(refused)
      steps.refused.add((count.isNaN ? 0 : count) / (to - from), of: name, at: to)
      guard !name.isEmpty else { continue }
      steps.served.add(try table.number(served) / (to - from), of: name, at: to)
      let part = try table.number(use)
      if !part.isNaN { steps.use.add(part, of: name, at: to) }
    }
    steps.served.settle()
    steps.refused.settle()
    steps.use.settle()
    return steps.served.times.isEmpty ? nil : steps
  }

  private func tokenWays(_ table: TableReader) throws -> [Part] {
    let (service, source, site) = (
      try table.column("service"), try table.column("source"), try table.column("site")
    )
    let (offered, served) = (
      try table.column("offered_tokens"), try table.column("served_tokens")
    )
    var ways = MatrixTable()
    var services: [String: (offered: Double, served: Double)] = [:]
    while try table.advance() {
      let row = (try table.number(offered), try table.number(served))
      let sum = services[table.text(service)] ?? (0, 0)
      services[table.text(service)] = (sum.offered + row.0, sum.served + row.1)
      let to = table.isEmpty(site) ? words["tokens.refused"] : table.text(site)
      ways.add(row.0, from: table.text(source), to: to)
    }
    let rows: [[JSON]] = services.sorted { ($0.value.offered, $1.key) > ($1.value.offered, $0.key) }
      .map {
        [
          .string($0.key), .number($0.value.offered), .number($0.value.served),
          .number($0.value.served / $0.value.offered),
        ]
      }
    let columns: [Part.TableColumn] = [
      .init(words["service"]), .init(words["tokens.offered"], "tokens"),
      .init(words["tokens.served"], "tokens"), .init(words["share"], "%"),
    ]
    let table = Part.table("services", words["tokens.services"], columns, rows).half
    let map = matrix("tokens", words["tokens.matrix"], unit: "tokens", of: ways)?.half
    return [table] + [map].compactMap { $0 }
  }
}
