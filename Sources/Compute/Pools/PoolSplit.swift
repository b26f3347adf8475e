// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic

/// Splits what was published over enterprises, places and types, without any chance.
///
/// Sizes: the capacity of the enterprise of rank r is in proportion to 1/r, as the sizes of firms
/// are (R. Axtell, Science 293, 2001), and so is that of the r-th pool of an enterprise. Places and
/// types: pools from the largest on go each to the place, and to the type, that is farthest below
/// its part.
struct PoolSplit {
  let network: NationalNetwork
  let tables: PoolTables
  let total: Double

  static let poolCount = 499
  static let enterpriseCount = 131
  /// What the eight hubs have of the country's computing: 175 of 280 EFLOPS at the end of 2024.
  static let shareOfHubs = 0.625
  /// What centres in the cool North-East and Yunnan have beside what their demand brings.
  static let shareOfColdPlaces = 0.05
  static let coldProvinces = ["Liaoning", "Jilin", "Heilongjiang", "Yunnan"]
  /// What a large centre has at least, which joins first, where the pools have their published sum.
  static let largeFrom = 200e15
  /// Accelerators in a room near people, where the pools have their published sum.
  static let edgeCount = 32
  static let edgeType = "H20"

  init(_ network: NationalNetwork, _ tables: PoolTables, total: Double) {
    self.network = network
    self.tables = tables
    self.total = total
  }

  /// The 499 of intelligent computing, by owner; the rooms last.
  ///
  /// They are split as they are identified, and then scaled, so that a pool is where it is and what
  /// it is at every scale.
  func pools() -> [NationalPool] {
    let identified = NationalPools.identified
    let roomsBefore = edgeRooms(sum: identified)
    let before = identified - roomsBefore.reduce(0) { $0 + $1.capacity }
    let rooms = edgeRooms(sum: total)
    let left = total - rooms.reduce(0) { $0 + $1.capacity }
    var drafts = drafts(count: Self.poolCount - rooms.count, capacity: before)
    let sites = sites()
    let largest = settle(&drafts, at: sites, rooms: identified - before)
    let counts = counts(of: drafts, factor: left / before, sum: left, largest: largest)
    return zip(drafts, counts).map { pool(of: $0, count: $1, at: sites[$0.site].site) } + rooms
  }
}

extension PoolSplit {
  /// A pool before it is counted in accelerators.
  struct Draft {
    /// From 1, the largest first.
    var enterprise: Int
    /// From 1, the largest first.
    var number: Int
    var capacity: Double
    /// Positions in the lists of sites and of types.
    var site = 0
    var type = 0
  }

  /// One pool for each enterprise, the others in proportion to what it has.
  private func drafts(count: Int, capacity: Double) -> [Draft] {
    let shares = Self.zipf(Self.enterpriseCount)
    let more = Quotas.whole(count - Self.enterpriseCount, by: shares)
    return zip(shares, more).enumerated().flatMap { index, enterprise in
      Self.zipf(1 + enterprise.1).enumerated().map { number, part in
        Draft(
          enterprise: index + 1, number: number + 1, capacity: capacity * enterprise.0 * part)
      }
    }
  }

  /// Gives each its place and type, from the largest on; returns the position of that.
  private func settle(
    _ drafts: inout [Draft], at sites: [WeightedSite], rooms: Double
  ) -> Int? {
    let sum = drafts.reduce(0) { $0 + $1.capacity }
    var places = Quotas(sites.map(\.weight), of: sum)
    var types = Quotas(tables.fleet.map(\.share), of: sum + rooms)
    let edge = tables.fleet.firstIndex { $0.accelerator.name == Self.edgeType }
    if let edge { types.take(rooms, of: edge) }
    let order = drafts.indices.sorted {
      (drafts[$1].capacity, $0) < (drafts[$0].capacity, $1)
    }
    for index in order {
      drafts[index].site = places.take(drafts[index].capacity)
      drafts[index].type = types.take(drafts[index].capacity)
    }
    return order.first
  }

  /// In proportion to 1, 1/2, 1/3 and so on, with a sum of 1.
  private static func zipf(_ count: Int) -> [Double] {
    let sizes = (1...count).map { 1 / Double($0) }
    let sum = sizes.reduce(0, +)
    return sizes.map { $0 / sum }
  }

  /// Accelerators in whole nodes of eight; the largest pool alone takes what is left, to the card.
  private func counts(
    of drafts: [Draft], factor: Double, sum: Double, largest: Int?
  ) -> [Int] {
    let peaks = drafts.map { tables.fleet[$0.type].accelerator.bf16 }
    var counts = zip(drafts, peaks).map { draft, peak in
      max(8, 8 * Int((draft.capacity * factor / peak / 8).rounded()))
    }
    guard let largest else { return counts }
    let counted = zip(counts, peaks).reduce(0) { $0 + Double($1.0) * $1.1 }
    counts[largest] += Int(((sum - counted) / peaks[largest]).rounded())
    return counts
  }

  private func pool(of draft: Draft, count: Int, at site: Site) -> NationalPool {
    let type = tables.fleet[draft.type].accelerator
    let isLarge = draft.capacity >= Self.largeFrom
    let number = Self.digits(draft.number, 2)
    let owner = Self.name(ofEnterprise: draft.enterprise)
    return NationalPool(
      identifier: PoolIdentifier(at: site, pool: "\(owner)-\(number)"), owner: owner,
      kind: .intelligent, hardware: type.name, count: count, each: type.bf16, full_W: type.full_W,
      idle_W: type.idle_W, level: Self.level(ofEnterprise: draft.enterprise),
      joins: isLarge ? 2026 : 2028,
      cooling: isLarge || site.cluster != nil ? .largeCentre : .city, isEdge: false)
  }

  /// One in each city, of the three largest enterprises in turn.
  private func edgeRooms(sum: Double) -> [NationalPool] {
    let type = tables.fleet.first { $0.accelerator.name == Self.edgeType }?.accelerator
    guard let type else { return [] }
    let nodes = (Double(Self.edgeCount) * sum / NationalPools.identified / 8).rounded()
    return network.sites.filter { $0.kind.isCity }.enumerated().map { index, site in
      let enterprise = index % 3 + 1
      return NationalPool(
        identifier: PoolIdentifier(at: site, pool: "edge-\(site.name)"),
        owner: Self.name(ofEnterprise: enterprise), kind: .intelligent, hardware: type.name,
        count: 8 * max(1, Int(nodes)), each: type.bf16, full_W: type.full_W, idle_W: type.idle_W,
        level: Self.level(ofEnterprise: enterprise), joins: 2028, cooling: .city, isEdge: true)
    }
  }

  static func name(ofEnterprise rank: Int) -> String { "E" + digits(rank, 3) }

  /// Of five enterprises one takes the most sensitive work, and two more what is sensitive.
  static func level(ofEnterprise rank: Int) -> Int {
    switch rank % 5 {
    case 0: 3
    case 1, 2: 2
    default: 1
    }
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
