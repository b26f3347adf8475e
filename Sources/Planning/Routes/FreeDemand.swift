// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scenario
internal import Simulator
internal import Text
internal import Traffic

/// A demand between two places, whose route a plan may choose.
struct FreeDemand: Sendable {
  /// Where it stands in the scenario: `traffic[3].demand`.
  var place: String
  var source: Int
  var target: Int
  /// Bits a second, hour by hour.
  var rates: [Double]
  /// The links of the route of least delay.
  var home: [Int32]
  var trafficClass: Int

  /// What it is to take some routes of a topology: what is set, and what is removed before.
  func settings(
    _ parts: [RoutePart], _ topology: Topology
  ) -> (set: String, unset: [String]) {
    func list(_ links: [Int32]) -> String {
      "[\(links.map { JSON.quoted(topology.links[Int($0)].name) }.joined(separator: ", "))]"
    }
    let paths = parts.map { "{links: \(list($0.links)), weight: \($0.thousandths)}" }
    let value =
      parts.count == 1
      ? "path=\(list(parts[0].links))" : "paths=[\(paths.joined(separator: ", "))]"
    return ("\(place).\(value)", ["\(place).from", "\(place).to"])
  }
}

/// A route that a part of a demand takes.
struct RoutePart: Equatable, Sendable {
  static let whole = 1000

  var links: [Int32]
  /// Of the demand.
  var thousandths = RoutePart.whole

  var share: Double { Double(thousandths) / Double(RoutePart.whole) }
}

extension BuildSite {
  /// The demands of the scenario that go from one place to another and name no path.
  func freeDemands(_ hours: ScreenedHours) -> [FreeDemand] {
    let root = try? JSONValue(reading: UTF8Text(Array(loaded.seedlessJSON.utf8)))
    let traffic = root?["traffic"].flatMap(\.elements) ?? []
    let known = Dictionary(
      model.demands.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return traffic.enumerated().compactMap { index, entry in
      guard let section = entry["demand"], section["from"] != nil, section["path"] == nil,
        let demand = section["name"]?.string.flatMap({ known[$0] })
      else { return nil }
      let route = model.routes[demand.route]
      guard let source = route.source, let target = route.target else { return nil }
      return FreeDemand(
        place: "traffic[\(index)].demand", source: Int(source.index), target: Int(target.index),
        rates: hours.instants.map { demand.rate(at: $0).value }, home: route.links.map(\.index),
        trafficClass: demand.trafficClass)
    }
  }
}
