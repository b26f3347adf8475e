// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// What sections are made from: the folder, the words and the metrics of one run.
struct RunContent {
  let folder: RunFolder
  let words: Wording
  let metrics: [RunFolder.Metric]
  private let places: [String: Int]

  init(_ folder: RunFolder, _ words: Wording) throws {
    self.folder = folder
    self.words = words
    metrics = try folder.summary()
    places = Dictionary(
      metrics.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A metric that has a value.
  func metric(_ name: String) -> RunFolder.Metric? {
    guard let place = places[name], !metrics[place].value.isNaN else { return nil }
    return metrics[place]
  }

  /// Facts of those metrics that the run has, with the words of the page for them.
  func facts(_ names: [String]) -> Part? {
    let facts = names.compactMap { name -> Part.Fact? in
      guard let metric = metric(name) else { return nil }
      return Part.Fact(
        label: label(of: name), value: metric.value, unit: unit(of: metric), metric: name)
    }
    return facts.isEmpty ? nil : .facts(facts)
  }

  func label(of metric: String) -> String {
    words.has("m." + metric) ? words["m." + metric] : metric
  }

  /// Parts of a whole are shown as such.
  func unit(of metric: RunFolder.Metric) -> String {
    guard metric.unit.isEmpty, Self.isShare(metric.name) else { return metric.unit }
    return metric.name.contains("availability") ? "%4" : "%"
  }

  /// By the names that metrics of this program have.
  static func isShare(_ name: String) -> Bool {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return ["utilisation", "_share", "availability", "blocking", "demand_loss"].contains {
      last.contains($0)
    } && !last.contains("ci95") && !last.contains("energy_per") || last == "inference_use"
  }

  /// Quantiles as the summary has them, in front of which a name stands.
  func quantiles(_ name: String) -> [(String, Double)] {
    [("mean", "mean"), ("p50", "p50"), ("p95", "p95"), ("p99", "p99"), ("max", "max")].compactMap {
      word, ending in
      metric("\(name)_\(ending)").map { (words["q." + word], $0.value) }
    }
  }
}
