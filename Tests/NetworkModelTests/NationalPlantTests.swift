// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@Suite struct NationalPlantTests {
  private let network = NationalNetwork()

  /// Whether all sites are joined, leaving one fibre out.
  private func isConnected(_ plant: FibrePlant, without cut: Int? = nil) -> Bool {
    var neighbours = [[Int]](repeating: [], count: plant.siteCount)
    for (index, fibre) in plant.fibres.enumerated() where index != cut {
      neighbours[Int(fibre.first.index)].append(Int(fibre.second.index))
      neighbours[Int(fibre.second.index)].append(Int(fibre.first.index))
    }
    var seen: Set = [0]
    var open = [0]
    while let site = open.popLast() {
      for next in neighbours[site] where seen.insert(next).inserted {
        open.append(next)
      }
    }
    return seen.count == plant.siteCount
  }

  @Test(arguments: [false, true])
  func noSingleCutPartsTheNetwork(withLocalRings: Bool) {
    let plant = network.placedPlant(withLocalRings: withLocalRings).plant
    #expect(isConnected(plant))
    for cut in plant.fibres.indices {
      #expect(isConnected(plant, without: cut), "\(plant.fibres[cut].name)")
    }
  }

  @Test func everyRingIsASimpleCycle() {
    let plant = network.placedPlant().plant
    #expect(plant.rings.count == network.rings.count + network.clusters.count)
    for ring in plant.rings {
      let ends = ring.fibres.flatMap { [plant[$0].first, plant[$0].second] }
      // Each site once is entered and once left, and the fibres follow each other.
      #expect(Set(ends).count == ring.fibres.count && ring.fibres.count >= 3, "\(ring.name)")
      #expect(Set(ring.fibres).count == ring.fibres.count, "\(ring.name)")
      for (fibre, next) in zip(ring.fibres, ring.fibres.dropFirst() + ring.fibres.prefix(1)) {
        let shared = Set([plant[fibre].first, plant[fibre].second])
          .intersection([plant[next].first, plant[next].second])
        #expect(shared.count == 1, "\(ring.name)")
      }
    }
  }

  @Test func everyClusterIsOnARingOfTheBackbone() {
    for cluster in network.clusters {
      #expect(
        network.rings.contains { $0.name != "ten-clusters" && $0.sites.contains(cluster.id) },
        "\(cluster.id)")
      #expect(network.rings.last?.sites.contains(cluster.id) == true)
    }
  }

  @Test func aLocalRingTakesAllFibresOfItsClusterThroughTheGateway() throws {
    let placed = network.placedPlant()
    for cluster in network.clusters {
      let ring = try #require(
        placed.plant.rings.first { $0.name == network.localRing(of: cluster.id) })
      let fibres = network.localFibres.filter { $0.trunk == ring.name }.map(\.name)
      #expect(ring.fibres.map { placed.plant[$0].name } == fibres)
      let gateway = try #require(placed.nodes[cluster.id])
      #expect(placed.plant[ring.fibres[0]].end(across: gateway) != nil)
    }
  }

  @Test func positionsDoNotMoveWithTheLocalRings() {
    let whole = network.placedPlant()
    let backbone = network.placedPlant(withLocalRings: false)
    #expect(backbone.sites == network.sites)
    #expect(Array(whole.sites.prefix(62)) == backbone.sites)
    #expect(Array(whole.plant.fibres.prefix(113)) == backbone.plant.fibres)
    #expect(whole.plant.siteCount == whole.sites.count)
    #expect(whole.fibres.map(\.name) == whole.plant.fibres.map(\.name))
    #expect(backbone.plant.rings == Array(whole.plant.rings.prefix(network.rings.count)))
  }

  @Test func theLineDesignReachesEveryFibre() {
    var line = LineDesign.standard
    line.noiseFigure_dB = 6
    #expect(network.placedPlant(line: line).plant.fibres.allSatisfy { $0.line == line })
  }
}
