// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// Rate and capacity of each link at each instant of links.csv.
struct LinkUse {
  private(set) var names: [String] = []
  private(set) var times: [Double] = []
  private var rates: [[Float]] = []
  private var capacities: [[Double]] = []
  /// The links that a page shows, those of the highest mean use first.
  private(set) var shown: [Int] = []
  private(set) var meanUse: [Double] = []
  private var placeOf: [String: Int] = [:]

  /// So many rates fit a page of 2 MB beside all else.
  private static let mostRates = 100_000

  init(_ table: TableReader) throws {
    let (time, link, rate, capacity) = (
      try table.column("time_s"), try table.column("link"), try table.column("rate_bps"),
      try table.column("capacity_bps")
    )
    // Absent in folders of older versions.
    let trafficClass = try? table.column("class")
    // Rows come by time, and at each time in the same order.
    var expected = 0
    while try table.advance() {
      if let trafficClass, !table.text(trafficClass).isEmpty { continue }
      let instant = try table.number(time)
      if times.last != instant {
        times.append(instant)
        expected = 0
      }
      let place = self.place(of: table, link, expected: expected)
      expected = place + 1
      while rates[place].count < times.count - 1 {
        rates[place].append(.nan)
        capacities[place].append(0)
      }
      rates[place].append(Float(try table.number(rate)))
      capacities[place].append(try table.number(capacity))
    }
    for place in names.indices {
      while rates[place].count < times.count {
        rates[place].append(.nan)
        capacities[place].append(0)
      }
    }
    choose()
  }

  private mutating func place(of table: TableReader, _ link: Int, expected: Int) -> Int {
    let name = table.text(link)
    if expected < names.count, names[expected] == name { return expected }
    if let known = placeOf[name] { return known }
    names.append(name)
    rates.append([])
    capacities.append([])
    placeOf[name] = names.count - 1
    return names.count - 1
  }

  /// Not a number where it has no capacity.
  func use(of link: Int) -> [Double] {
    zip(rates[link], capacities[link]).map { $1 > 0 ? Double($0) / $1 : .nan }
  }

  private mutating func choose() {
    meanUse = names.indices.map { link in
      let carried = rates[link].reduce(0) { $0 + ($1.isNaN ? 0 : Double($1)) }
      let possible = capacities[link].reduce(0, +)
      return possible > 0 ? carried / possible : 0
    }
    let order = names.indices.sorted { (meanUse[$0], $1) > (meanUse[$1], $0) }
    shown = Array(order.prefix(max(1, Self.mostRates / max(times.count, 1))))
  }

  /// Where a link stands among those that are shown.
  var placeOfShown: [String: Int] {
    Dictionary(uniqueKeysWithValues: shown.enumerated().map { (names[$1], $0) })
  }

  /// As the page's program reads it: capacities as runs of a value and how often it comes.
  var json: JSON {
    .object([
      ("names", .array(shown.map { .string(names[$0]) })), ("times", Digits.list(times)),
      ("rates", .array(shown.map { link in Digits.list(rates[link].lazy.map(Double.init)) })),
      ("capacities", .array(shown.map { runs(of: capacities[$0]) })),
    ])
  }

  private func runs(of values: [Double]) -> JSON {
    var text = "["
    var place = 0
    while place < values.count {
      let end = values[place...].firstIndex { $0 != values[place] } ?? values.count
      text += (place > 0 ? "," : "") + "\(Digits.whole(values[place])),\(end - place)"
      place = end
    }
    return .raw(text + "]")
  }
}
