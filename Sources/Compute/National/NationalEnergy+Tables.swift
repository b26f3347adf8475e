// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

extension NationalEnergy {
  /// Each zone has a row for all months, and behind it rows for those that differ.
  static func zones(_ table: EmbeddedTable, _ sources: SourceList) -> [Zone] {
    var zones: [Zone] = []
    table.forEach { row in
      let month = Tariff.Month(row)
      guard let months = row.optionalText("months") else {
        let tariff = Tariff(
          name: row.text("zone"), every: month,
          demand_yuan_kW_month: row.number("demand_yuan_kW_month"))
        zones.append(
          Zone(
            tariff: tariff, note: row.optionalText("note"), provenance: sources.provenance(of: row))
        )
        return
      }
      guard let last = zones.last, last.name == row.text("zone") else {
        preconditionFailure("Months of \(row.text("zone")) stand behind its row for all months.")
      }
      var tariff = last.tariff
      for number in monthRange(months) { tariff[month: number] = month }
      zones[zones.count - 1] = Zone(
        tariff: tariff, note: last.note, provenance: last.provenance)
    }
    return zones
  }

  /// `7-9` are July to September.
  private static func monthRange(_ text: String) -> ClosedRange<Int> {
    let ends = text.split(separator: "-").compactMap { Int($0) }
    guard ends.count == 2, 1 <= ends[0], ends[0] <= ends[1], ends[1] <= 12 else {
      preconditionFailure("\(text) are no months, such as 7-9.")
    }
    return ends[0]...ends[1]
  }
}

extension Tariff.Month {
  fileprivate init(_ row: EmbeddedTable.Row) {
    let peak = row.number("peak_yuan_kWh")
    let prices = PeriodAmounts(
      // Where there is no such price there are no hours for it either.
      sharp: row.optionalNumber("sharp_yuan_kWh") ?? peak, peak: peak,
      flat: row.number("flat_yuan_kWh"), valley: row.number("valley_yuan_kWh"))
    self.init(
      price_yuan_kWh: prices,
      windows: Tariff.Windows(
        sharp: Self.windows("sharp_hours", row), peak: Self.windows("peak_hours", row),
        valley: Self.windows("valley_hours", row)))
  }

  private static func windows(_ column: String, _ row: EmbeddedTable.Row) -> [ClockWindow] {
    (row.optionalText(column) ?? "").split(separator: ";").map { text in
      do {
        return try ClockWindow(text)
      } catch {
        preconditionFailure("\(text) in \(column) of the table tariffs: \(error)")
      }
    }
  }
}

extension NationalEnergy.Climate {
  fileprivate static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  init(_ row: EmbeddedTable.Row, _ sources: SourceList) {
    let means = Self.months.map { row.number($0 + "_C") }
    guard let year = ClimateYear(means_C: means, swing_C: row.number("daily_swing_C")) else {
      preconditionFailure("A year has twelve months.")
    }
    self.init(
      place: row.text("place"), year: year, note: row.optionalText("note"),
      provenance: sources.provenance(of: row))
  }
}

extension NationalEnergy.Place {
  init(_ row: EmbeddedTable.Row) {
    self.init(
      name: row.text("place"), zone: row.text("tariff"), climate: row.text("climate"),
      grid: row.text("grid"), note: row.optionalText("note"))
  }
}
