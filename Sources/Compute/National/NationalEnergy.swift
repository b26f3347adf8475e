// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// Prices, climates, carbon and green power of the places of the national network.
///
/// All of it is data, in the tables of the folder `Data`. Figures are from memory or modelled where
/// their source says so: shapes and orders of magnitude are right, and whoever has the bill of a
/// place puts it in its stead.
public struct NationalEnergy: Sendable {
  /// A zone of prices, without what its power emits: that goes by the place.
  public struct Zone: Hashable, Sendable {
    public let tariff: Tariff
    public let note: String?
    public let provenance: Provenance

    public var name: String { tariff.name }
  }

  /// Temperatures that were found for a place.
  public struct Climate: Hashable, Sendable {
    public let place: String
    public let year: ClimateYear
    public let note: String?
    public let provenance: Provenance
  }

  /// Which figures a site of the backbone has: its own, or those of the nearest in kind.
  public struct Place: Hashable, Sendable {
    public let name: String
    /// The zone of its prices.
    public let zone: String
    /// The place of its climate.
    public let climate: String
    /// The province of its grid, for carbon.
    public let grid: String
    /// Which of them are not its own, and why those were taken.
    public let note: String?
  }

  public let zones: [Zone]
  public let climates: [Climate]
  /// Of all sites of the backbone; a data centre has those of its cluster.
  public let places: [Place]
  private let network: NationalNetwork
  private let mixes: [String: GreenMix]

  public init(_ network: NationalNetwork = NationalNetwork()) {
    let sources = SourceList(
      EmbeddedTable("compute_sources", PackageResources.compute_sources_csv))
    zones = Self.zones(EmbeddedTable("tariffs", PackageResources.tariffs_csv), sources)
    climates = EmbeddedTable("climates", PackageResources.climates_csv)
      .map { Climate($0, sources) }
    places = EmbeddedTable("places", PackageResources.places_csv).map { Place($0) }
    let rows = EmbeddedTable("renewables", PackageResources.renewables_csv)
      .map { (cluster: $0.text("cluster"), mix: GreenMix($0, sources)) }
    mixes = Dictionary(rows.map { ($0.cluster, $0.mix) }, uniquingKeysWith: { first, _ in first })
    self.network = network
  }
}

extension NationalEnergy {
  /// What is known of a site of the backbone or a data centre; nil for other names.
  public func place(of site: String) -> Place? {
    let name = backboneSite(of: site)
    return places.first { $0.name == name }
  }

  /// The prices of a site with what its power emits.
  public func tariff(at site: String) -> Tariff? {
    guard let place = place(of: site), let zone = zones.first(where: { $0.name == place.zone })
    else { return nil }
    var tariff = zone.tariff
    tariff.carbon_kg_kWh = HourlyValues(constant: gridCarbon_kg_kWh(of: place))
    tariff.green = green(at: site)
    return tariff
  }

  /// The temperatures of a site.
  public func climate(at site: String) -> ClimateYear? {
    place(of: site).flatMap { place in climates.first { $0.place == place.climate }?.year }
  }

  /// How a site of a kind is cooled where nobody says; a kind that is not given is that of the site.
  public func cooling(at site: String, _ kind: CoolingKind? = nil) -> Cooling? {
    climate(at: site).map { climate in
      let usual: CoolingKind = cluster(of: site) == nil ? .city : .largeCentre
      return .curve((kind ?? usual).curve, .year(climate))
    }
  }

  /// The green part of what a site buys, by the hour: none but in clusters.
  ///
  /// What the grid mixes into everybody's power is in its carbon.
  public func green(at site: String) -> HourlyValues {
    guard let cluster = cluster(of: site), let mix = mixes[cluster.id],
      let gateway = network.sites.first(where: { $0.name == cluster.id })
    else { return HourlyValues(constant: 0) }
    return mix.hours(
      share: cluster.greenPowerShare, longitude_deg: gateway.position.longitude_deg)
  }

  /// The gateway of a data centre's cluster, and any other site itself.
  private func backboneSite(of site: String) -> String {
    network.dataCentres.first { $0.name == site }?.cluster ?? site
  }

  private func cluster(of site: String) -> Cluster? {
    let name = backboneSite(of: site)
    return network.clusters.first { $0.id == name }
  }

  private func gridCarbon_kg_kWh(of place: Place) -> Double {
    let province = network.provinces.first { $0.name == place.grid }
    guard let carbon = province?.gridCarbon_kg_kWh else {
      preconditionFailure("The grid of \(place.name) is that of a province with a carbon factor.")
    }
    return carbon
  }
}
