// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

extension PoolSplit {
  /// A site and its part of the country's capacity.
  struct WeightedSite {
    var site: Site
    var weight: Double
  }

  /// The data centres of the clusters, and the cities.
  ///
  /// The clusters share what hubs have by the intelligent capacity that was published of them, in
  /// equal parts for their data centres. The capitals of cold provinces share a part evenly. All
  /// provinces share the rest by their demand, the capital twice as much as each other city.
  func sites() -> [WeightedSite] {
    centreSites() + citySites()
  }

  private func centreSites() -> [WeightedSite] {
    let sum = network.clusters.reduce(0) { $0 + $1.intelligentCapacity_EFLOPS }
    return network.dataCentres.map { centre in
      let capacity = network.clusters.first { $0.id == centre.cluster }?
        .intelligentCapacity_EFLOPS
      let mates = network.dataCentres.count { $0.cluster == centre.cluster }
      let part = (capacity ?? 0) / sum / Double(mates)
      return WeightedSite(site: centre, weight: Self.shareOfHubs * part)
    }
  }

  private func citySites() -> [WeightedSite] {
    let cities = network.sites.filter { $0.kind.isCity }
    let sum = network.provinces.reduce(0) { $0 + $1.demandWeight }
    return cities.map { city in
      let demand = network.provinces.first { $0.name == city.province }?.demandWeight
      let parts = cities.filter { $0.province == city.province }.reduce(0) { $0 + $1.parts }
      let weight = (demand ?? 0) / sum * city.parts / parts
      let rest = 1 - Self.shareOfHubs - Self.shareOfColdPlaces
      return WeightedSite(site: city, weight: rest * weight + coldPart(of: city))
    }
  }

  private func coldPart(of city: Site) -> Double {
    guard city.kind == .capital, let province = city.province,
      Self.coldProvinces.contains(province)
    else { return 0 }
    return Self.shareOfColdPlaces / Double(Self.coldProvinces.count)
  }

  /// Servers and storage at all data centres and capitals, nodes at the supercomputing centres.
  func otherPools() -> [NationalPool] {
    tables.capacities.flatMap { capacity in
      capacity.kind == .supercomputing ? supercomputing(capacity) : spread(capacity)
    }
  }

  private func spread(_ capacity: PoolTables.Capacity) -> [NationalPool] {
    let places = sites().filter { $0.site.kind != .trunkCity }
    let units = Int((capacity.total / capacity.each).rounded())
    let sum = places.reduce(0) { $0 + $1.weight }
    let counts = Quotas.whole(units, by: places.map { $0.weight / sum })
    return zip(places, counts).enumerated().map { index, place in
      pool(
        capacity, at: place.0.site, name: "\(capacity.kind.rawValue)-\(place.0.site.name)",
        count: place.1, owner: Self.name(ofEnterprise: index % Self.enterpriseCount + 1))
    }
  }

  private func supercomputing(_ capacity: PoolTables.Capacity) -> [NationalPool] {
    let centres = tables.supercomputers
    let units = Int((capacity.total / capacity.each).rounded())
    let part = 1 / Double(centres.count)
    let counts = Quotas.whole(units, by: centres.map { _ in part })
    return zip(centres, counts).map { centre, count in
      guard let site = network.sites.first(where: { $0.name == centre.site }) else {
        preconditionFailure("The supercomputing centre of \(centre.centre) is at a site.")
      }
      return pool(
        capacity, at: site, name: "super-\(centre.centre)", count: count,
        owner: "National Supercomputing Centre \(centre.centre)")
    }
  }

  private func pool(
    _ capacity: PoolTables.Capacity, at site: Site, name: String, count: Int, owner: String
  ) -> NationalPool {
    NationalPool(
      identifier: PoolIdentifier(at: site, pool: name), owner: owner, kind: capacity.kind,
      hardware: capacity.hardware, count: count, each: capacity.each, full_W: capacity.full_W,
      idle_W: capacity.idle_W, level: 2, joins: site.cluster == nil ? 2028 : 2026,
      cooling: site.cluster == nil ? .city : .largeCentre, isEdge: false)
  }
}

extension Site {
  /// Of what its province has in cities.
  fileprivate var parts: Double { kind == .capital ? 2 : 1 }
}
