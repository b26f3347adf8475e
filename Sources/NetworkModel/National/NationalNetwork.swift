// SPDX-License-Identifier: GPL-3.0-or-later

/// The built-in national network: hubs, clusters, provinces, the backbone and the local rings.
///
/// All of it is data, in the tables of the folder `Data`, each row with its source and how far to
/// trust it. Places are real; the backbone is a plausible mesh after the national "eight
/// verticals, eight horizontals" scheme and not a map; rings and local rings are modelled.
public struct NationalNetwork: Sendable {
  /// What a scenario calls it.
  public static let name = "national"

  public let hubs: [Hub]
  public let clusters: [Cluster]
  public let provinces: [Province]
  /// The places that the backbone joins.
  public let sites: [Site]
  /// The data centres of all clusters, in the order of their local rings.
  public let dataCentres: [Site]
  /// The trunk fibres between the sites of the backbone.
  public let fibres: [NationalFibre]
  /// The fibres of the local rings.
  public let localFibres: [NationalFibre]
  /// The rings named on the backbone.
  public let rings: [NationalRing]
  public let published: [PublishedFigure]

  public init() {
    let sources = SourceList(EmbeddedTable("sources", PackageResources.sources_csv))
    hubs = EmbeddedTable("hubs", PackageResources.hubs_csv).map { Hub($0, sources) }
    clusters = EmbeddedTable("clusters", PackageResources.clusters_csv)
      .map { Cluster($0, sources) }
    provinces = EmbeddedTable("provinces", PackageResources.provinces_csv)
      .map { Province($0, sources) }
    let hubOf = Dictionary(uniqueKeysWithValues: clusters.map { ($0.id, $0.hub) })
    sites = EmbeddedTable("sites", PackageResources.sites_csv)
      .map { Site(backbone: $0, hubs: hubOf, sources) }
    dataCentres = EmbeddedTable("data_centres", PackageResources.data_centres_csv)
      .map { Site(dataCentre: $0, hubs: hubOf, sources) }
    fibres = EmbeddedTable("fibres", PackageResources.fibres_csv)
      .map { NationalFibre($0, trunk: "trunk", sources) }
    localFibres = EmbeddedTable("local_fibres", PackageResources.local_fibres_csv)
      .map { NationalFibre($0, trunk: "ring", sources) }
    rings = EmbeddedTable("rings", PackageResources.rings_csv).map { NationalRing($0, sources) }
    published = EmbeddedTable("published", PackageResources.published_csv)
      .map { PublishedFigure($0, sources) }
  }
}
