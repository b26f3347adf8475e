// SPDX-License-Identifier: GPL-3.0-or-later

extension NetworkMap {
  /// A map of the national network: kind, hub, cluster and province of each site, the trunk of
  /// each fibre.
  public init(_ placed: NationalNetwork.PlacedPlant) {
    self.init(
      title: NationalNetwork.name, sites: placed.sites.map(Site.init), plant: placed.plant)
    for (index, fibre) in placed.fibres.enumerated() {
      lines[index].properties = [
        Property("trunk", .text(fibre.trunk)),
        Property("confidence", .text(fibre.provenance.confidence)),
      ]
    }
  }
}

extension NetworkMap.Site {
  /// A site of the national network with what its table has.
  public init(_ site: Site) {
    let entries: [(String, String?)] = [
      ("kind", site.kind.rawValue), ("hub", site.hub), ("cluster", site.cluster),
      ("province", site.province), ("owner", site.owner),
      ("confidence", site.provenance.confidence),
    ]
    self.init(
      name: site.name, position: site.position,
      properties: entries.compactMap { name, text in
        text.map { NetworkMap.Property(name, .text($0)) }
      })
  }
}
