// SPDX-License-Identifier: GPL-3.0-or-later

// The rows of a summary that are worth reading, shorter than the file has them.

extension SummaryTable {
  /// The last words of metrics that tell how one measure is spread.
  private static let spreadWords = ["mean", "p50", "p95", "p99", "max"]

  /// The rows that are worth reading, but for spreads.
  public var forPeople: Listing {
    let measures = Set(spreads.map(\.measure))
    var listing = Listing(["metric", "value"])
    for row in rows where row.isForPeople {
      if let (measure, _) = Self.parts(of: row.metric), measures.contains(measure) { continue }
      listing.append([.text(row.metric), row.cell])
    }
    return listing
  }

  /// Of each measure with a mean and percentiles, such as the completion time of flows, one row:
  /// `fct` and `mean` stand for the metric `fct_mean`.
  public var spreadsForPeople: Listing {
    let spreads = spreads
    let used = Self.spreadWords.filter { word in spreads.contains { $0.cells[word] != nil } }
    var listing = Listing([.init("metric")] + used.map { Listing.Heading($0) })
    for spread in spreads {
      listing.append([.text(spread.measure)] + used.map { spread.cells[$0] ?? .absent })
    }
    return listing
  }

  /// By measure, in the order in which they were added.
  private var spreads: [(measure: String, cells: [String: Cell])] {
    var found: [(measure: String, cells: [String: Cell])] = []
    for row in rows where row.isForPeople {
      guard let (measure, word) = Self.parts(of: row.metric) else { continue }
      if found.last?.measure != measure { found.append((measure, [:])) }
      found[found.count - 1].cells[word] = row.cell
    }
    return found.filter { $0.cells["mean"] != nil && $0.cells["p50"] != nil }
  }

  /// `fct` and `mean` of `fct_mean`; nil where it ends in no such word.
  private static func parts(of metric: String) -> (measure: String, word: String)? {
    guard let underscore = metric.lastIndex(of: "_") else { return nil }
    let word = String(metric[metric.index(after: underscore)...])
    return spreadWords.contains(word) ? (String(metric[..<underscore]), word) : nil
  }
}
