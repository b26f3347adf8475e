// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// The name of a pool in the whole network: `cpn:<hub>/<cluster>/<data centre>/<pool>`.
///
/// A hyphen stands where there is no hub or cluster.
public struct PoolIdentifier: Hashable, Sendable, CustomStringConvertible {
  public var hub: String?
  public var cluster: String?
  /// The site that it is at.
  public var dataCentre: String
  public var pool: String

  public init(hub: String? = nil, cluster: String? = nil, dataCentre: String, pool: String) {
    self.hub = hub
    self.cluster = cluster
    self.dataCentre = dataCentre
    self.pool = pool
  }

  /// Of a pool at a site of the national network.
  public init(at site: Site, pool: String) {
    self.init(hub: site.hub, cluster: site.cluster, dataCentre: site.name, pool: pool)
  }

  public var description: String {
    "cpn:\(hub ?? "-")/\(cluster ?? "-")/\(dataCentre)/\(pool)"
  }
}
