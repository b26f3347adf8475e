// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

// The network: a map with the use of links by time, and the series of each link.

extension RunContent {
  func network(_ use: LinkUse?, on basemap: Coast) throws -> Section? {
    let plan = NetworkPlan(folder.scenario)
    guard use != nil || !plan.lines.isEmpty else { return nil }
    var parts: [Part] = []
    if !plan.places.isEmpty, !plan.isGeographic {
      parts.append(.text(words["map.circle"], isQuiet: true))
    }
    parts.append(try map(of: plan, use, on: basemap))
    if let use {
      parts += linkParts(use)
    } else {
      parts.append(.text(words["map.noUse"], isQuiet: true))
    }
    return Section(id: "network", title: words["network"], parts: parts)
  }

  private func linkParts(_ use: LinkUse) -> [Part] {
    let note: String? =
      use.shown.count < use.names.count
      ? words.filled("links.most", "\(use.shown.count)", "\(use.names.count)") : nil
    let chart = Part(
      "links",
      [
        ("id", "links"), ("title", .string(words["links.use"])), ("unit", "%"),
        ("from", .number(0)),
        ("picks", .array(use.shown.indices.map { .integer(Int64($0)) })), ("note", JSON(note)),
      ])
    let most = use.shown.prefix(12).map { (name: use.names[$0], value: use.meanUse[$0]) }
    return [
      chart.half, Part.bars("links-mean", words["links.mean"], unit: "%", Array(most)).half,
    ]
  }

  private func map(of plan: NetworkPlan, _ use: LinkUse?, on basemap: Coast) throws -> Part {
    let placeOf = use?.placeOfShown ?? [:]
    let points = plan.places.compactMap(\.point)
    let box = MapBox(points)
    let placed = plan.places.indices.filter { plan.places[$0].point != nil }
    let order = Dictionary(uniqueKeysWithValues: placed.enumerated().map { ($1, $0) })
    let lines = plan.lines.compactMap { line -> JSON? in
      guard let first = order[line.first], let second = order[line.second] else { return nil }
      let links = line.links.map { placeOf[$0] ?? -1 } + [-1, -1]
      return .object([
        ("n", .string(line.name)), ("a", .integer(Int64(first))), ("b", .integer(Int64(second))),
        ("f", .integer(Int64(links[0]))), ("r", .integer(Int64(links[1]))),
        ("km", JSON(line.length)),
      ])
    }
    return Part(
      "map",
      [
        ("box", box?.json ?? .array([0, 0, 1, 1].map { .number($0) })),
        ("coast", plan.isGeographic ? box.map { basemap.json(in: $0) } ?? .array([]) : .array([])),
        ("places", .array(placed.map { json(of: plan.places[$0]) })), ("lines", .array(lines)),
        ("sites", try sites(of: placed.map { plan.places[$0] })),
      ])
  }

  private func json(of place: NetworkPlan.Place) -> JSON {
    let label = words.language == .zh ? place.chineseName ?? place.name : place.name
    return .object([
      ("n", .string(place.name)), ("z", .string(label)),
      ("x", .number(place.point?.longitude ?? 0)), ("y", .number(place.point?.latitude ?? 0)),
      ("k", .integer(Int64(place.rank.rawValue))),
    ])
  }

  /// What each place serves by time: tokens, or the accelerators that are in use.
  private func sites(of places: [NetworkPlan.Place]) throws -> JSON {
    let table: SeriesTable
    let (title, unit): (String, String)
    if let steps = try tokenSteps() {
      (table, title, unit) = (steps.served, words["map.tokens"], words["unit.tokens-per-second"])
    } else if folder.has("clusters"), let pools = try poolSeries() {
      (table, title, unit) = (pools.used, words["map.used"], "")
    } else {
      return .null
    }
    let series = Dictionary(
      table.series.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    let most = series.values.flatMap { $0 }.filter { !$0.isNaN }.max() ?? 1
    let rows: [JSON] = places.map { place in series[place.name].map { Digits.list($0) } ?? .null }
    return .object([
      ("title", .string(title)), ("unit", .string(unit)), ("times", Digits.list(table.times)),
      ("most", .number(most)), ("values", .array(rows)),
    ])
  }
}
