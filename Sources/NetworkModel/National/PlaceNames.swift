// SPDX-License-Identifier: GPL-3.0-or-later

/// What the places of the national network are called besides the short names that results have.
///
/// `Shaoguan`, `韶关` and `韶关集群` all mean SG. Where a place and a cluster share a name the place
/// wins: `Chongqing` and `重庆` are the city, `Chongqing cluster` and `重庆集群` are CQ.
public struct PlaceNames: Sendable {
  /// The short name by each other name.
  private var known: [String: String] = [:]
  /// The short name of each cluster by its other names: those of data centres begin with them.
  private var clusters: [String: String] = [:]

  /// No names but those that a network gives its nodes itself.
  public static let none = PlaceNames()

  public init() {}

  public var isEmpty: Bool { known.isEmpty }

  /// The short name of a place that goes by another one; nil for a name that is not known.
  public subscript(name: String) -> String? {
    let plain = Self.plain(name)
    if let short = known[plain] { return short }
    guard let hyphen = plain.firstIndex(of: "-"), let cluster = clusters[String(plain[..<hyphen])]
    else { return nil }
    return known[cluster + plain[hyphen...]]
  }

  /// All names that are understood, for suggestions.
  public var all: [String] { known.keys.sorted() }
}

extension PlaceNames {
  /// The names of all sites, data centres and clusters of a network.
  public init(_ network: NationalNetwork) {
    for site in network.sites + network.dataCentres { add(site.name, for: site.name) }
    for site in network.sites where site.kind.isCity {
      guard let name = site.chineseName else { continue }
      add(name, for: site.name)
      add(name + "市", for: site.name)
    }
    for cluster in network.clusters {
      for name in cluster.allNames {
        add(name, for: cluster.id)
        clusters[Self.plain(name)] = cluster.id
      }
    }
  }

  /// The first to have a name keeps it.
  private mutating func add(_ name: String, for short: String) {
    let plain = Self.plain(name)
    if known[plain] == nil { known[plain] = short }
  }

  /// A name without apostrophes, which people write in three ways or leave out.
  private static func plain(_ name: String) -> String {
    name.filter { !"'’ʼ".contains($0) }
  }
}

extension Cluster {
  /// All that it is called, the shortest first: `TF`, `Tianfu`, `天府`, `天府集群` and so on.
  fileprivate var allNames: [String] {
    // "Tianfu (Chengdu)" says in brackets where it is.
    let bare = name.firstIndex(of: "(").map { String(name[..<$0].dropLast()) } ?? name
    let word = "集群"
    let bareChinese =
      chineseName.hasSuffix(word) ? String(chineseName.dropLast(word.count)) : chineseName
    return [id, bare, bareChinese, bareChinese + "市", chineseName, name]
      + [bare, name, id].map { $0 + " cluster" }
  }
}
