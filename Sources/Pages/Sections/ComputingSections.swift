// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

// Jobs on pools, and what power they took.

extension RunContent {
  func jobs() throws -> Section? {
    guard let submitted = metric("jobs_submitted")?.value, submitted > 0 else { return nil }
    var parts: [Part] = []
    let names = [
      "jobs_submitted", "jobs_completed", "jobs_unfinished", "jobs_refused", "jobs_lost",
      "jobs_moved", "job_wait_mean", "job_wait_p99", "job_response_mean", "job_slowdown_mean",
      "job_deadlines_missed", "pool_utilisation",
    ]
    if let facts = facts(names) { parts.append(facts) }
    if let places = try poolSeries() {
      let total = [(words["all"], places.used.sums)]
      parts.append(
        .chart(
          "used", words["jobs.used"], unit: "", times: places.used.times,
          total + places.used.series, picks: true
        ).half)
      parts.append(
        .chart(
          "queued", words["jobs.queued"], unit: "", times: places.queued.times,
          [(words["all"], places.queued.sums)] + places.queued.series, picks: true
        ).half)
    }
    if let table = try folder.table("jobs") { parts += try jobParts(table) }
    return Section(id: "jobs", title: words["jobs"], parts: parts)
  }

  private func jobParts(_ table: TableReader) throws -> [Part] {
    let book = try JobBook(table, end: folder.end)
    var parts: [Part] = []
    if let part = book.waits.part(
      "waits", words["jobs.waits"], unit: "s", quantiles: quantiles("job_wait"))
    {
      parts.append(part.half)
    }
    if !book.states.isEmpty {
      let items = book.states.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
      parts.append(
        Part.bars(
          "states", words["jobs.states"], unit: "", items.map { ($0.key, Double($0.value)) }
        ).half)
    }
    if let part = book.part(words) { parts.append(part) }
    return parts
  }

  /// Accelerators and power by cluster or, where only those are known, by pool.
  struct PoolSeries {
    var used = SeriesTable()
    var queued = SeriesTable()
    var power = SeriesTable()
    var price = SeriesTable()
    var carbon = SeriesTable()
    /// Yuan and kilograms an hour of all.
    var cost = SeriesTable()
    var emission = SeriesTable()
  }

  func poolSeries() throws -> PoolSeries? {
    let clusters = try folder.table("clusters")
    guard let table = try clusters ?? folder.table("pools") else { return nil }
    let (time, name) = (
      try table.column("time_s"), try table.column(clusters != nil ? "cluster" : "pool")
    )
    let columns = try ["used", "queued", "facility_kw", "yuan_per_kwh", "carbon_kg_per_kwh"].map {
      try table.column($0)
    }
    var all = PoolSeries()
    while try table.advance() {
      let (instant, place) = (try table.number(time), table.text(name))
      let row = try columns.map { try table.number($0) }
      all.used.add(row[0], of: place, at: instant)
      all.queued.add(row[1], of: place, at: instant)
      all.power.add(row[2], of: place, at: instant)
      if !row[3].isNaN {
        all.price.add(row[3], of: place, at: instant)
        all.cost.add(row[2] * row[3], of: "", at: instant)
      }
      if !row[4].isNaN {
        all.carbon.add(row[4], of: place, at: instant)
        all.emission.add(row[2] * row[4], of: "", at: instant)
      }
    }
    all.settle()
    return all.used.times.isEmpty ? nil : all
  }

  func energy() throws -> Section? {
    guard metric("energy_facility") != nil else { return nil }
    var parts: [Part] = []
    let names = [
      "energy_it", "energy_facility", "pue", "power_peak", "energy_cost", "demand_cost", "carbon",
    ]
    if let facts = facts(names) { parts.append(facts) }
    if let places = try poolSeries() { parts += powerCharts(places) }
    if let table = try folder.table("energy") { parts.append(try energyTable(table)) }
    return Section(id: "energy", title: words["energy"], parts: parts)
  }

  private func powerCharts(_ places: PoolSeries) -> [Part] {
    var parts = [
      Part.chart(
        "power", words["energy.power"], unit: "kW", times: places.power.times,
        [(words["all"], places.power.sums)] + places.power.series, picks: true
      ).half
    ]
    func add(_ id: String, _ unit: String, _ table: SeriesTable, hasPicks: Bool) {
      guard !table.times.isEmpty else { return }
      let series = hasPicks ? table.series : [(name: words["all"], values: table.sums)]
      parts.append(
        .chart(
          id, words["energy.\(id)"], unit: unit, times: table.times, series, picks: hasPicks
        ).half)
    }
    add("price", "yuan/kWh", places.price, hasPicks: true)
    add("cost", "yuan/h", places.cost, hasPicks: false)
    add("intensity", "kg/kWh", places.carbon, hasPicks: true)
    add("emission", "kg/h", places.emission, hasPicks: false)
    return parts
  }

  private func energyTable(_ table: TableReader) throws -> Part {
    let columns = try ["pool", "at", "facility_kwh", "pue", "energy_yuan", "carbon_kg", "peak_kw"]
      .map { try table.column($0) }
    var rows: [(kWh: Double, cells: [JSON])] = []
    while try table.advance() {
      let numbers = try columns.dropFirst(2).map { try table.number($0) }
      let names: [JSON] = columns.prefix(2).map { .string(table.text($0)) }
      rows.append((numbers[0], names + numbers.map { .number($0) }))
    }
    rows.sort { $0.kWh > $1.kWh }
    let heads: [Part.TableColumn] = [
      .init(words["pool"]), .init(words["place"]), .init(words["energy.site"], "kWh"),
      .init("PUE"), .init(words["cost"], "yuan"), .init(words["carbon"], "kg"),
      .init(words["energy.peak"], "kW"),
    ]
    return .table(
      "energy", words.filled("energy.pools", "\(min(rows.count, 30))", "\(rows.count)"), heads,
      rows.prefix(30).map(\.cells), isFolded: rows.count > 12)
  }
}

extension RunContent.PoolSeries {
  fileprivate mutating func settle() {
    used.settle()
    queued.settle()
    power.settle()
    price.settle()
    carbon.settle()
    cost.settle()
    emission.settle()
  }
}
