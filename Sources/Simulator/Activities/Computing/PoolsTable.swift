// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
public import Results

/// `pools.csv`: a pool at an instant a row.
public enum PoolsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.pools]

  public static let schema = TableSchema(
    file: "pools.csv", about: "Each pool at instants of equal distance, a pool a row.",
    columns: [
      Column("time_s", .number, unit: "s", about: "The instant."),
      Column("pool", .string, about: "The name of the pool."),
      Column("used", .integer, about: "Accelerators that jobs and services hold."),
      Column("queued", .integer, about: "Jobs that wait."),
      Column("it_kw", .number, unit: "kW", about: "What its equipment takes."),
      Column("facility_kw", .number, unit: "kW", about: "What the site takes, cooling and all."),
      Column("yuan_per_kwh", .number, unit: "yuan/kWh", about: "The price of power."),
      Column(
        "carbon_kg_per_kwh", .number, unit: "kg/kWh",
        about: "The carbon dioxide of a kilowatt-hour, its green part counted as none."),
    ])
}

/// `clusters.csv`: the pools of a cluster at an instant a row.
public enum ClustersTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.clusters]

  public static let schema = TableSchema(
    file: "clusters.csv",
    about: "The pools of each cluster together, or of each place that is in none, at instants of "
      + "equal distance.",
    columns: [
      Column("time_s", .number, unit: "s", about: "The instant."),
      Column("cluster", .string, about: "The cluster, or the node where it is no cluster."),
      Column("accelerators", .integer, about: "All that its pools have."),
      Column("used", .integer, about: "Accelerators that jobs and services hold."),
      Column("queued", .integer, about: "Jobs that wait."),
      Column("it_kw", .number, unit: "kW", about: "What their equipment takes."),
      Column("facility_kw", .number, unit: "kW", about: "What the sites take, cooling and all."),
      Column(
        "yuan_per_kwh", .number, unit: "yuan/kWh",
        about: "The mean price of power, weighted by what the sites take."),
      Column(
        "carbon_kg_per_kwh", .number, unit: "kg/kWh",
        about: "The mean carbon dioxide of a kilowatt-hour, weighted likewise."),
    ])
}

/// What is read of some pools at an instant.
private struct PoolReading {
  var accelerators = 0
  var used = 0
  var queued = 0
  var it_kW = 0.0
  var facility_kW = 0.0
  var yuan_h = 0.0
  var carbon_kg_h = 0.0

  mutating func add(_ pool: PoolState) {
    let rates = pool.meter.rates
    accelerators += pool.design.count
    used += pool.held
    queued += pool.waiting
    it_kW += pool.meter.it_kW
    facility_kW += pool.meter.facility_kW
    yuan_h += pool.meter.facility_kW * rates.price_yuan_kWh
    carbon_kg_h += pool.meter.facility_kW * rates.emission_kg_kWh
  }
}

extension Computing {
  /// Writes what all pools are like now, and plans the next time.
  func samplePools() throws(RunError) {
    instant.isSampling = false
    var clusters: [(name: String, reading: PoolReading)] = []
    var places: [String: Int] = [:]
    for index in pools.indices {
      pools[index].meter.advance(to: now)
      try write(pools[index])
      guard tables.clusters != nil else { continue }
      let name = model.computing.pools[index].place(in: model)
      let place = places[name] ?? clusters.count
      if place == clusters.count {
        clusters.append((name, PoolReading()))
        places[name] = place
      }
      clusters[place].reading.add(pools[index])
    }
    for cluster in clusters { try write(cluster.reading, of: cluster.name) }
    planSample()
  }

  func planSample() {
    guard tables.pools != nil || tables.clusters != nil,
      let interval = model.computing.sampleEvery, interval > .zero
    else { return }
    world.plan(.computing(.poolsAreSampled), at: now + interval)
  }

  private func write(_ pool: PoolState) throws(RunError) {
    guard let table = tables.pools else { return }
    let rates = pool.meter.rates
    let isPriced = pool.design.power.hasTariff
    table.rows.append(nanosecondsAsSeconds: now.nanoseconds)
    table.rows.append(pool.design.name)
    table.rows.append(pool.held)
    table.rows.append(pool.waiting)
    table.rows.append(pool.meter.it_kW)
    table.rows.append(pool.meter.facility_kW)
    table.rows.append(isPriced ? rates.price_yuan_kWh : .nan)
    table.rows.append(isPriced ? rates.emission_kg_kWh : .nan)
    try table.endRow()
  }

  private func write(_ reading: PoolReading, of cluster: String) throws(RunError) {
    guard let table = tables.clusters else { return }
    table.rows.append(nanosecondsAsSeconds: now.nanoseconds)
    table.rows.append(cluster)
    table.rows.append(reading.accelerators)
    table.rows.append(reading.used)
    table.rows.append(reading.queued)
    table.rows.append(reading.it_kW)
    table.rows.append(reading.facility_kW)
    let power = reading.facility_kW > 0 ? reading.facility_kW : .nan
    table.rows.append(reading.yuan_h / power)
    table.rows.append(reading.carbon_kg_h / power)
    try table.endRow()
  }
}

extension PoolDesign {
  /// Its cluster, or the node where it is in none.
  func place(in model: Model) -> String { cluster.isEmpty ? model.topology[node] : cluster }
}

extension Outputs.Kind {
  public static let pools = Outputs.Kind("pools")
  public static let clusters = Outputs.Kind("clusters")
}
