// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// The means of a study by variant and metric, as its summary.csv has them.
struct StudySummaryTable {
  private(set) var axes: [String] = []
  /// The values of each axis, of each variant.
  private(set) var labels: [[String]] = []
  private var metrics: [(name: String, unit: String)] = []
  /// By metric and variant: the mean, its interval, and of how many runs.
  private var rows: [[Row?]] = []
  /// Runs that have a value, of the metric of which most have, and those that there are to be.
  private(set) var runs = 0
  private(set) var wanted = 0

  private struct Row {
    var mean: Double
    var low: Double
    var high: Double
    var count: Double
  }

  /// More numbers than this make a page too large.
  private static let mostRows = 40_000

  init(_ table: TableReader, axes names: [String]) throws {
    guard let metric = table.columns.firstIndex(of: "metric") else {
      throw TableFault(path: table.path, reason: .missingColumn("metric"))
    }
    axes = Array(table.columns[..<metric])
    let columns = try ["n", "of", "mean", "low", "high", "unit"].map { try table.column($0) }
    var placeOf: [[String]: Int] = [:]
    var metricOf: [String: Int] = [:]
    var counts: [Int: (runs: Double, wanted: Double)] = [:]
    while try table.advance() {
      let labels = (0..<metric).map { table.text($0) }
      let variant = placeOf[labels] ?? self.labels.count
      if variant == self.labels.count {
        placeOf[labels] = variant
        self.labels.append(labels)
      }
      let name = table.text(metric)
      let place = metricOf[name] ?? metrics.count
      if place == metrics.count {
        metricOf[name] = place
        metrics.append((name, table.text(columns[5])))
        rows.append([])
      }
      while rows[place].count <= variant { rows[place].append(nil) }
      let values = try columns[..<5].map { try table.number($0) }
      rows[place][variant] = Row(
        mean: values[2], low: values[3], high: values[4], count: values[0])
      let known = counts[variant] ?? (0, values[1])
      counts[variant] = (max(known.runs, values[0]), values[1])
    }
    runs = Int(counts.values.reduce(0) { $0 + $1.runs })
    wanted = Int(counts.values.reduce(0) { $0 + $1.wanted })
  }

  func part(_ words: Wording) -> Part {
    let values = axes.indices.map { axis -> [String] in
      var seen: Set<String> = []
      return labels.map { $0[axis] }.filter { seen.insert($0).inserted }
    }
    let shown = metrics.indices.prefix(max(1, Self.mostRows / max(labels.count, 1)))
    return Part(
      "variants",
      [
        (
          "axes",
          .array(
            zip(axes, values).map { name, values in
              .object([
                ("name", .string(name)), ("values", .array(values.map { .string($0) })),
              ])
            })
        ),
        ("labels", .array(labels.map { .array($0.map { .string($0) }) })),
        ("metrics", .array(shown.map { metric($0, words) })),
      ])
  }

  private func metric(_ place: Int, _ words: Wording) -> JSON {
    let (name, unit) = metrics[place]
    let label = words.has("m." + name) ? "\(words["m." + name]) (\(name))" : name
    let known = RunFolder.Metric(name: name, value: 0, unit: unit)
    let cells = labels.indices.map { variant -> JSON in
      let row = variant < rows[place].count ? rows[place][variant] : nil
      guard let row else { return .array([.null, .null, .null, .null]) }
      return .array([row.mean, row.low, row.high, row.count].map { .number($0) })
    }
    return .object([
      ("name", .string(name)), ("label", .string(label)),
      ("unit", .string(RunContent.unit(of: known))), ("rows", .array(cells)),
    ])
  }
}
