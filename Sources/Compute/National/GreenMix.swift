// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// Which part of green power is from the sun, the wind and water; they add up to 1.
///
/// How they go through the day is modelled, and the same on all days of the year. The sun: a
/// parabola over the twelve hours around its noon, which at longitude L is at
/// `12 h + (120 - L) / 15 h` by the country's one clock. The wind: `1 + 0.2 cos(2 pi (h - 2) / 24)`,
/// strongest at two in the night, as on the plateaus of the north. Water: the same at all hours.
struct GreenMix: Sendable {
  var sun: Double
  var wind: Double
  var water: Double
  /// Nil for one that is not from the table.
  var provenance: Provenance?

  init(sun: Double, wind: Double, water: Double) {
    self.sun = sun
    self.wind = wind
    self.water = water
  }

  init(_ row: EmbeddedTable.Row, _ sources: SourceList) {
    self.init(sun: row.number("sun"), wind: row.number("wind"), water: row.number("water"))
    provenance = sources.provenance(of: row)
  }

  /// The green part of each hour, whose mean is a share and which is nowhere above 1.
  ///
  /// What an hour has beyond its whole power goes to the others in proportion: somebody stores it,
  /// or sells it and buys it back.
  func hours(share: Double, longitude_deg: Double) -> HourlyValues {
    let shape = shape(longitude_deg: longitude_deg)
    var isFull = [Bool](repeating: false, count: HourlyValues.count)
    while true {
      let rest = (0..<HourlyValues.count).filter { !isFull[$0] }
      let full = Double(HourlyValues.count - rest.count)
      let sum = rest.reduce(0) { $0 + shape[$1] }
      let factor = sum > 0 ? (share * Double(HourlyValues.count) - full) / sum : 0
      let beyond = rest.filter { shape[$0] * factor > 1 }
      if beyond.isEmpty { return HourlyValues { isFull[$0] ? 1 : shape[$0] * factor } }
      for hour in beyond { isFull[hour] = true }
    }
  }

  /// With a mean of 1.
  private func shape(longitude_deg: Double) -> HourlyValues {
    let noon = 12 + (120 - longitude_deg) / 15
    let bell = HourlyValues { hour in
      let away = (Double(hour) + 0.5 - noon) / 6
      return max(0, 1 - away * away)
    }
    return HourlyValues { hour in
      sun * bell[hour] / bell.mean + wind * (1 + 0.2 * DayWave.cosine(hour: hour, highest: 2))
        + water
    }
  }
}
