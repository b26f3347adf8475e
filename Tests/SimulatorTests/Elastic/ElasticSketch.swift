// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Statistics
import TestSupport
import Traffic

@testable import Simulator

/// A model of elastic flows written down link by link.
struct ElasticSketch {
  var sketch = ModelSketch()
  var entries: [ElasticTraffic] = []
  /// What tiers have beside rate and weight.
  var standard = TrafficClass.standard

  init() {
    sketch.outputs = Outputs(kinds: [.flows, .elastic, .events])
  }

  /// Adds an entry whose flows take one route; by default they come one a second from 0 on.
  mutating func add(
    _ name: String = "users", over links: [Int], _ tiers: [ElasticTier],
    arrivals: ArrivalProcess = .deterministic(perSecond: 1), sizes: Distribution = .fixed(1e9),
    count: Int = 3, lines: AccessLines? = nil, slack: Double? = nil,
    admission: AdmissionRule = AdmissionRule([.accept]), scheduling: SchedulingPolicy = .fair,
    start: SimTime = .zero
  ) {
    let route = sketch.route(over: links)
    entries.append(
      ElasticTraffic(
        generator: Generator(
          name: name, trafficClass: 0, arrivals: arrivals, sizes: sizes,
          routes: [.init(route: route, weight: 1)], start: start, count: count),
        tiers: tiers, lines: lines, slack: slack, admission: admission, scheduling: scheduling))
  }

  var model: Model {
    var model = sketch.model
    for var entry in entries {
      for tier in entry.tiers.indices {
        entry.tiers[tier].trafficClass = model.classes.count + tier
      }
      model.classes += entry.tierClasses(like: standard)
      model.elastic.entries.append(entry)
    }
    return model
  }

  static func tier(
    _ name: String, _ floor: Double, _ ceiling: Double, weight: Double = 1, share: Double = 1
  ) -> ElasticTier {
    ElasticTier(
      name: name, floor: BitsPerSecond(floor), ceiling: BitsPerSecond(ceiling), weight: weight,
      share: share, trafficClass: 0)
  }
}

/// A row of `elastic.csv`.
struct ElasticRow {
  var flow: String
  var given: String
  var decision: String
  var fullLink: String
  /// Nanoseconds.
  var arrival: Int64
  var start: Int64?
  var finish: Int64?
  var deadline: Int64?
  var least: Double?
  var most: Double?
}

extension CompletedRun {
  func elasticRows() throws -> [ElasticRow] {
    try rows(of: "elastic").map { row in
      ElasticRow(
        flow: row["flow"] ?? "", given: row["tier_given"] ?? "", decision: row["decision"] ?? "",
        fullLink: row["full_link"] ?? "", arrival: nanoseconds(row["arrival_s"] ?? "") ?? -1,
        start: nanoseconds(row["start_s"] ?? ""), finish: nanoseconds(row["finish_s"] ?? ""),
        deadline: nanoseconds(row["deadline_s"] ?? ""), least: Double(row["least_bps"] ?? ""),
        most: Double(row["most_bps"] ?? ""))
    }
  }

  /// The rows by the name of the flow.
  func elasticByName() throws -> [String: ElasticRow] {
    Dictionary(uniqueKeysWithValues: try elasticRows().map { ($0.flow, $0) })
  }
}
