// SPDX-License-Identifier: GPL-3.0-or-later

/// A place of the national network where fibres end.
public struct Site: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The gateway of a cluster: the backbone on one side, its local ring on the other.
    case cluster
    /// The capital of a province, where the demand of the province comes from.
    case capital
    /// A city that trunk routes cross or end at.
    case trunkCity = "trunk-city"
    /// A data centre of a network operator's own.
    case operatorDataCentre = "operator-data-centre"
    /// A data centre of a third party.
    case thirdPartyDataCentre = "third-party-data-centre"

    public var isDataCentre: Bool {
      self == .operatorDataCentre || self == .thirdPartyDataCentre
    }

    /// A place where people live, as the policies count cities.
    public var isCity: Bool { self == .capital || self == .trunkCity }
  }

  public let name: String
  /// Nil for a data centre.
  public let chineseName: String?
  public let kind: Kind
  public let position: GeographicPoint
  /// Nil for a data centre.
  public let province: String?
  /// The cluster that it is, or whose local ring it is on.
  public let cluster: String?
  /// The hub of its cluster.
  public let hub: String?
  /// Who runs a data centre, where that is known.
  public let owner: String?
  public let provenance: Provenance
}

extension Site {
  /// A site of the backbone.
  init(backbone row: EmbeddedTable.Row, hubs: [String: String], _ sources: SourceList) {
    name = row.text("site")
    chineseName = row.text("name_zh")
    kind = row.choice("kind")
    position = row.position
    province = row.text("province")
    cluster = kind == .cluster ? name : nil
    hub = cluster.flatMap { hubs[$0] }
    owner = nil
    provenance = sources.provenance(of: row)
  }

  /// A data centre on the local ring of a cluster.
  init(dataCentre row: EmbeddedTable.Row, hubs: [String: String], _ sources: SourceList) {
    name = row.text("data_centre")
    chineseName = nil
    kind = row.choice("kind")
    position = row.position
    province = nil
    cluster = row.text("cluster")
    hub = hubs[row.text("cluster")]
    owner = row.optionalText("owner")
    provenance = sources.provenance(of: row)
  }
}
