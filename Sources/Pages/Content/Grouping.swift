// SPDX-License-Identifier: GPL-3.0-or-later

/// Values by instant and name, as tables have them row by row, made into a series for each name.
struct SeriesTable {
  private(set) var times: [Double] = []
  private(set) var names: [String] = []
  /// A value for each instant, of each name; not a number where no row was.
  private(set) var values: [[Double]] = []
  private var placeOfTime: [Double: Int] = [:]
  private var placeOfName: [String: Int] = [:]

  mutating func add(_ value: Double, of name: String, at time: Double) {
    let instant = self.instant(of: time)
    let place = self.place(of: name)
    while values[place].count <= instant { values[place].append(.nan) }
    values[place][instant] = values[place][instant].isNaN ? value : values[place][instant] + value
  }

  private mutating func instant(of time: Double) -> Int {
    if let known = placeOfTime[time] { return known }
    times.append(time)
    placeOfTime[time] = times.count - 1
    return times.count - 1
  }

  private mutating func place(of name: String) -> Int {
    if let known = placeOfName[name] { return known }
    names.append(name)
    values.append([])
    placeOfName[name] = names.count - 1
    return names.count - 1
  }

  /// Puts the instants in order, and fills rows up; before anything is read.
  mutating func settle() {
    let order = times.indices.sorted { times[$0] < times[$1] }
    values = values.map { row in order.map { $0 < row.count ? row[$0] : .nan } }
    times = order.map { times[$0] }
  }

  /// The sum over all names, where there is any.
  var sums: [Double] {
    times.indices.map { instant in
      let known = values.map { $0[instant] }.filter { !$0.isNaN }
      return known.isEmpty ? .nan : known.reduce(0, +)
    }
  }

  /// All names with their values, those with the highest mean first.
  var series: [(name: String, values: [Double])] {
    let means = values.map { row in
      row.reduce(0) { $0 + ($1.isNaN ? 0 : $1) } / Double(max(row.count, 1))
    }
    return names.indices.sorted { (means[$0], $1) > (means[$1], $0) }.map {
      (names[$0], values[$0])
    }
  }
}

/// Sums by two names, of which the greatest rows and columns are shown.
struct MatrixTable {
  private var sums: [String: [String: Double]] = [:]
  private var columnSums: [String: Double] = [:]

  mutating func add(_ value: Double, from row: String, to column: String) {
    sums[row, default: [:]][column, default: 0] += value
    columnSums[column, default: 0] += value
  }

  var isEmpty: Bool { sums.isEmpty }
  var total: Double { columnSums.keys.sorted().reduce(0) { $0 + (columnSums[$1] ?? 0) } }

  func largest(
    _ count: Int
  ) -> (rows: [String], columns: [String], values: [[Double]], isAll: Bool) {
    let rowSums = sums.mapValues { row in row.keys.sorted().reduce(0) { $0 + (row[$1] ?? 0) } }
    let rows = Self.first(count, of: rowSums)
    let columns = Self.first(count, of: columnSums)
    let values = rows.map { row in columns.map { sums[row]?[$0] ?? .nan } }
    return (
      rows, columns, values, rows.count == rowSums.count && columns.count == columnSums.count
    )
  }

  private static func first(_ count: Int, of sums: [String: Double]) -> [String] {
    let all = sums.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    return all.prefix(count).map(\.key)
  }
}
