// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@Suite struct NationalNetworkTests {
  private let network = NationalNetwork()

  @Test func theTablesHaveTheKnownNumbersOfRows() {
    #expect(network.hubs.count == 8)
    #expect(network.clusters.count == 10)
    #expect(network.provinces.count == 31)
    #expect(network.sites.count == 62)
    #expect(network.fibres.count == 113)
    #expect(network.rings.count >= 5)
    #expect(network.localFibres.count == network.dataCentres.count + network.clusters.count)
  }

  @Test func everyNameIsUnique() {
    expectUnique(network.hubs.map(\.id))
    expectUnique(network.clusters.map(\.id))
    expectUnique(network.provinces.map(\.name))
    expectUnique((network.sites + network.dataCentres).map(\.name))
    expectUnique((network.fibres + network.localFibres).map(\.name))
    expectUnique(network.rings.map(\.name) + network.clusters.map { network.localRing(of: $0.id) })
    expectUnique(network.published.map(\.name))
  }

  private func expectUnique(_ names: [String], line: SourceLocation = #_sourceLocation) {
    #expect(Set(names).count == names.count, sourceLocation: line)
  }

  /// Lists of names in a scenario are parted by commas and semicolons, and `:back` is taken.
  @Test func everyNameCanStandInAScenario() {
    let names =
      (network.sites + network.dataCentres).map(\.name)
      + (network.fibres + network.localFibres).map(\.name) + network.rings.map(\.name)
    for name in names {
      #expect(!name.contains { ";,\"\\ \n".contains($0) }, "\(name)")
      #expect(!name.hasSuffix(Topology.backSuffix) && !name.isEmpty, "\(name)")
      #expect(name.utf8.allSatisfy { $0 < 128 }, "\(name)")
    }
  }

  @Test func everyReferenceResolves() {
    let hubs = Set(network.hubs.map(\.id))
    let provinces = Set(network.provinces.map(\.name))
    let clusters = Set(network.clusters.map(\.id))
    let kinds = Dictionary(uniqueKeysWithValues: network.sites.map { ($0.name, $0.kind) })
    for cluster in network.clusters {
      #expect(hubs.contains(cluster.hub))
      #expect(!cluster.provinces.isEmpty && provinces.isSuperset(of: cluster.provinces))
      #expect(kinds[cluster.id] == .cluster)
    }
    #expect(Set(network.clusters.map(\.hub)) == hubs)
    for province in network.provinces {
      #expect(kinds[province.capital] == .capital)
      #expect(clusters.contains(province.nearestCluster))
    }
    for site in network.sites {
      #expect(provinces.contains(site.province ?? ""), "\(site.name)")
      #expect((site.kind == .cluster) == (site.hub != nil), "\(site.name)")
      #expect(!site.kind.isDataCentre)
    }
    for centre in network.dataCentres {
      #expect(centre.kind.isDataCentre)
      #expect(clusters.contains(centre.cluster ?? ""))
      #expect(hubs.contains(centre.hub ?? ""))
    }
  }

  @Test func everyKindOfSiteHasItsNumber() {
    let kinds = network.sites.map(\.kind)
    #expect(kinds.count { $0 == .cluster } == 10)
    #expect(kinds.count { $0 == .capital } == 31)
    #expect(kinds.count { $0 == .trunkCity } == 21)
  }

  @Test func everyRowSaysWhereItIsFromAndHowFarToTrustIt() {
    let all =
      network.hubs.map(\.provenance) + network.clusters.map(\.provenance)
      + network.provinces.map(\.provenance)
      + (network.sites + network.dataCentres).map(\.provenance)
      + (network.fibres + network.localFibres).map(\.provenance)
      + network.rings.map(\.provenance) + network.published.map(\.provenance)
    for provenance in all {
      #expect(provenance.source.count > 10)
      #expect(
        ["high", "medium", "low", "modelled"].contains { provenance.confidence.contains($0) })
    }
  }

  /// The CSV's own great circles are those of the facts, computed elsewhere.
  @Test func everyFibreIsAtLeastAsLongAsItsGreatCircle() throws {
    let sites = network.sites + network.dataCentres
    let places = Dictionary(uniqueKeysWithValues: sites.map { ($0.name, $0.position) })
    for fibre in network.fibres + network.localFibres {
      let start = try #require(places[fibre.first])
      let end = try #require(places[fibre.second])
      #expect(fibre.first != fibre.second)
      #expect(fibre.length >= fibre.greatCircle, "\(fibre.name)")
      #expect(
        abs(start.greatCircle(to: end).value - fibre.greatCircle.value) < 0.1, "\(fibre.name)")
    }
    for fibre in network.fibres {
      #expect(fibre.name == "\(fibre.first)-\(fibre.second)")
      #expect(abs(fibre.length.value / fibre.greatCircle.value - 1.5) < 0.02, "\(fibre.name)")
    }
  }

  @Test func localFibresAreAsLongAsTheirModelSays() {
    for fibre in network.localFibres {
      let modelled = max(5, 1.5 * fibre.greatCircle.value)
      #expect(abs(fibre.length.value - modelled) <= 0.6, "\(fibre.name)")
    }
  }

  @Test func everyClusterHasCentresOfItsOperatorAndOfThirdParties() {
    for cluster in network.clusters {
      let kinds = network.dataCentres.filter { $0.cluster == cluster.id }.map(\.kind)
      #expect((4...6).contains(kinds.count), "\(cluster.id)")
      #expect(kinds.contains(.operatorDataCentre), "\(cluster.id)")
      #expect(kinds.contains(.thirdPartyDataCentre), "\(cluster.id)")
    }
  }

  /// The start areas of a cluster are districts of one place: 150 km hold the widest of them.
  @Test func dataCentresAreNearTheirCluster() throws {
    for centre in network.dataCentres {
      let gateway = try #require(network.sites.first { $0.name == centre.cluster })
      let distance = centre.position.greatCircle(to: gateway.position)
      #expect(distance < Kilometres(150), "\(centre.name)")
      #expect(centre.name.hasPrefix(gateway.name + "-"))
    }
  }

  /// The weight of a province is half its part of the users and half its part of the product.
  @Test func demandWeightsAreHalfUsersHalfProduct() {
    let users = network.provinces.map(\.internetUsers).reduce(0, +)
    let product = network.provinces.map(\.product_billionYuan).reduce(0, +)
    for province in network.provinces {
      let ofUsers: Double = province.internetUsers / users
      let ofProduct: Double = province.product_billionYuan / product
      let weight = (ofUsers + ofProduct) / 2
      #expect(abs(province.demandWeight - weight) < 1e-4, "\(province.name)")
    }
    #expect(abs(network.provinces.map(\.demandWeight).reduce(0, +) - 1) < 1e-3)
    // The census of 2020 counted 1 409 778 724 people in the 31 provinces.
    #expect(network.provinces.map(\.population).reduce(0, +) == 1_409_778_724)
  }

  @Test func theNearestClusterOfAProvinceIsThat() throws {
    let places = Dictionary(uniqueKeysWithValues: network.sites.map { ($0.name, $0.position) })
    for province in network.provinces {
      let capital = try #require(places[province.capital])
      let nearest = network.clusters.map(\.id).min { left, right in
        guard let near = places[left], let far = places[right] else { return false }
        return capital.greatCircle(to: near) < capital.greatCircle(to: far)
      }
      #expect(nearest == province.nearestCluster, "\(province.name)")
    }
  }
}
