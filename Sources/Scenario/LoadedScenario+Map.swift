// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
public import NetworkModel
internal import Simulator

extension LoadedScenario {
  /// Whether the scenario starts from the built-in network.
  public var isNational: Bool { resolved.network.use == .national }

  /// A map of the network: its nodes where the scenario says where they are, its fibres and links.
  ///
  /// Of the built-in network it has what the tables say of each site and fibre. A link over one
  /// fibre of its name is listed with the fibre.
  public func map() -> NetworkMap {
    let national = isNational ? NationalNetwork().placedPlant() : nil
    var map = NetworkMap(title: model.name, sites: sites(national), plant: model.light.plant)
    if let national { addTables(of: national, to: &map) }
    addLinks(to: &map)
    return map
  }

  private func sites(_ national: NationalNetwork.PlacedPlant?) -> [NetworkMap.Site] {
    let known = Dictionary(
      (national?.sites ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let written = Dictionary(
      (resolved.network.nodes ?? []).map { ($0.name.value.text, $0) },
      uniquingKeysWith: { first, _ in first })
    return model.topology.nodes.map { name in
      var site = known[name].map { NetworkMap.Site($0) } ?? NetworkMap.Site(name: name)
      if let latitude = written[name]?.latitude?.value,
        let longitude = written[name]?.longitude?.value
      {
        site.position = GeographicPoint(latitude_deg: latitude, longitude_deg: longitude)
      }
      return site
    }
  }

  private func addTables(of national: NationalNetwork.PlacedPlant, to map: inout NetworkMap) {
    let told = Dictionary(
      NetworkMap(national).lines.map { ($0.name, $0.properties) },
      uniquingKeysWith: { first, _ in first })
    for index in map.lines.indices {
      map.lines[index].properties = told[map.lines[index].name] ?? []
    }
  }

  private func addLinks(to map: inout NetworkMap) {
    let fibres = Dictionary(
      map.lines.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, link) in model.topology.links.enumerated() {
      // The second direction of a two-way link is the same line.
      guard let ends = link.ends, link.reverse.map({ $0.index > index }) ?? true else { continue }
      let told: [NetworkMap.Property] = [
        .init("capacity_bps", .number(link.capacity.value)),
        .init("delay_s", .number(link.delay.seconds)),
      ]
      if let fibre = fibres[link.name] {
        map.lines[fibre].properties += told
      } else {
        map.lines.append(
          .init(
            .link, name: link.name, first: ends.source, second: ends.target, properties: told))
      }
    }
  }
}
