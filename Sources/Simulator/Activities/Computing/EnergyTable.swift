// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import NetworkModel
public import Results

/// `energy.csv`: a pool a row.
public enum EnergyTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.energy]

  public static let schema = TableSchema(
    file: "energy.csv", about: "What each pool took of electricity over the run, a pool a row.",
    columns: [
      Column("pool", .string, about: "The name of the pool."),
      Column("it_kwh", .number, unit: "kWh", about: "What its equipment took."),
      Column(
        "facility_kwh", .number, unit: "kWh", about: "What the whole site took, cooling and all."),
      Column("pue", .number, about: "That over what its equipment took; empty where that is 0."),
      Column("kwh_sharp", .number, unit: "kWh", about: "Of the site, in sharp hours."),
      Column("kwh_peak", .number, unit: "kWh", about: "In peak hours."),
      Column("kwh_flat", .number, unit: "kWh", about: "In flat hours."),
      Column("kwh_valley", .number, unit: "kWh", about: "In valley hours."),
      Column("energy_yuan", .number, unit: "yuan", about: "What that cost, by the hour."),
      Column(
        "demand_kw", .number, unit: "kW",
        about: "The highest mean power of the site over a quarter hour of the clock."),
      Column(
        "demand_yuan_month", .number, unit: "yuan",
        about: "The charge for the highest demand of each month that the run touches."),
      Column(
        "demand_yuan_run", .number, unit: "yuan",
        about: "The part of that which falls to the time of the run."),
      Column("carbon_kg", .number, unit: "kg", about: "The carbon dioxide that it brought about."),
      Column("peak_kw", .number, unit: "kW", about: "The highest power of the site."),
      Column(
        "withheld_kwh", .number, unit: "kWh", about: "What caps kept from its equipment."),
      Column("at", .string, about: "The node where it is."),
      Column("identifier", .string, about: "Its identifier in the network."),
      Column("owner", .string, about: "Whose it is."),
    ])
}

extension Computing {
  func writeEnergy(of index: Int) throws(RunError) {
    guard let table = tables.energy, pools[index].design.power.isKnown else { return }
    let pool = pools[index]
    let account = pool.meter.account
    let tariff = pool.design.power.terms.tariff
    table.rows.append(pool.design.name)
    for value in [
      account.it_kWh, account.facility_kWh.sum, account.pue ?? .nan, account.facility_kWh.sharp,
      account.facility_kWh.peak, account.facility_kWh.flat, account.facility_kWh.valley,
      account.energy_yuan.sum, account.demand_kW, account.demandOfMonths_yuan(tariff),
      account.demandOfRun_yuan(tariff), account.carbon_kg, account.peak_kW, account.withheld_kWh,
    ] {
      table.rows.append(value)
    }
    table.rows.append(model.topology[pool.design.node])
    table.rows.append(pool.design.identifier)
    table.rows.append(pool.design.owner)
    try table.endRow()
  }
}

extension Outputs.Kind {
  public static let energy = Outputs.Kind("energy")
}
