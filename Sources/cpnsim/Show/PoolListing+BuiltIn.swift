// SPDX-License-Identifier: GPL-3.0-or-later

internal import Compute
internal import Results
internal import Text

extension PoolListing {
  /// Of built-in pools, with what power costs and cooling takes where they are.
  init(builtIn pools: [NationalPool]) {
    var listing = Listing([
      "pool", "identifier", "at", "owner", "kind", "hardware", "count",
      .init("FLOPS", "capacity_flops"), .init("storage", "capacity_bytes"), "level", "joins",
      .init("yuan/kWh", "yuan_per_kwh_mean"), .init("PUE", "pue_mean"),
    ])
    let means = EnergyMeans(of: pools)
    for pool in pools { listing.append(Self.cells(of: pool) + means.cells(of: pool)) }
    self.listing = listing
    sums = NationalPool.Kind.allCases.compactMap { kind in
      Self.sum(kind, of: pools.filter { $0.kind == kind })
    }
  }

  private static func cells(of pool: NationalPool) -> [Cell] {
    let isStorage = pool.kind == .storage
    return [
      .text(pool.name), .text(pool.identifier.description), .text(pool.site), .text(pool.owner),
      .text(pool.kind.rawValue), .text(pool.hardware), .count(pool.count),
      isStorage ? .absent : .amount(pool.capacity),
      isStorage ? .size(bytes: pool.capacity) : .absent, .count(pool.level), .count(pool.joins),
    ]
  }

  /// Capacities of one kind only: those of several are counted in different ways.
  private static func sum(_ kind: NationalPool.Kind, of pools: [NationalPool]) -> String? {
    guard let first = pools.first else { return nil }
    let owners = Set(pools.map(\.owner)).count
    let count = pools.reduce(0) { $0 + $1.count }
    let capacity = pools.reduce(0) { $0 + $1.capacity }
    let whose = counted(owners, kind == .supercomputing ? "centre" : "enterprise")
    let start = "\(counted(pools.count, "\(kind.rawValue) pool")) of \(whose): "
    switch kind {
    case .storage: return start + formatted(digits: 4, of: capacity / 1e18) + " EB"
    case .intelligent:
      return start + "\(many(count, "accelerator")), \(exaflops(capacity)) in half precision"
    case .generalPurpose, .supercomputing:
      return start + "\(many(count, first.hardware)), \(exaflops(capacity)) in single precision"
    }
  }
}

/// Prices and PUE of the places of pools, each worked out once.
private struct EnergyMeans {
  private struct Place: Hashable {
    var site: String
    var cooling: CoolingKind

    init(_ pool: NationalPool) {
      site = pool.site
      cooling = pool.cooling
    }
  }

  private let known: [Place: [Cell]]

  init(of pools: [NationalPool]) {
    let energy = NationalEnergy()
    let places = Set(pools.map(Place.init)).map { place in
      let price = energy.tariff(at: place.site)?.meanOfYear_yuan_kWh
      let pue = energy.cooling(at: place.site, place.cooling)?.meanOfYear
      return (place, [price, pue].map { $0.map(Cell.precise) ?? .absent })
    }
    known = Dictionary(uniqueKeysWithValues: places)
  }

  func cells(of pool: NationalPool) -> [Cell] {
    known[Place(pool)] ?? [.absent, .absent]
  }
}
