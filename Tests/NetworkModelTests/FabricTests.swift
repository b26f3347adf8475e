// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

/// A fabric's links stand where its numbers say, and every way between two cards holds together.
@Suite struct FabricTests {
  private static let rate = BitsPerSecond(400e9)

  static let designs = [
    FabricDesign(name: "f", hosts: 8, nicRate: rate, nicsPerLeaf: 16, uplinksPerLeaf: 4),
    FabricDesign(
      name: "f", hosts: 9, gpusPerHost: 4, nicsPerHost: 2, nicRate: rate, isRailOptimised: true,
      nicsPerLeaf: 4, uplinksPerLeaf: 3),
    FabricDesign(
      name: "f", hosts: 16, gpusPerHost: 4, nicsPerHost: 4, nicRate: rate, isRailOptimised: true,
      nicsPerLeaf: 2, uplinksPerLeaf: 2, uplinkRate: BitsPerSecond(800e9),
      pods: .init(leaves: 8, uplinksPerSpine: 3)),
    FabricDesign(
      name: "f", hosts: 20, gpusPerHost: 1, nicsPerHost: 1, nicRate: rate, nicsPerLeaf: 2,
      uplinksPerLeaf: 2, pods: .init(leaves: 2, uplinksPerSpine: 2)),
  ]

  @Test(arguments: designs)
  func everyWayLeadsFromCardToCard(design: FabricDesign) throws {
    var topology = Topology()
    topology.addNode("other")
    let fabric = try Fabric(design, in: &topology)
    #expect(fabric.links.upperBound == topology.links.count)
    for source in 0..<fabric.nicCount {
      for target in 0..<fabric.nicCount where target != source {
        let pair = NICPair(source: source, target: target)
        let tier = fabric.tier(of: pair)
        var seen: Set<[LinkID]> = []
        for choice in 0..<fabric.choices(at: tier) {
          let path = fabric.path(of: pair, choice: choice)
          #expect(path.count == tier.hops && seen.insert(path).inserted)
          let ends = path.compactMap { topology[$0].ends }
          #expect(zip(ends, ends.dropFirst()).allSatisfy { $0.target == $1.source })
          #expect(topology[ends[0].source] == "f/" + fabric.name(ofNIC: source))
          #expect(topology[ends[ends.count - 1].target] == "f/" + fabric.name(ofNIC: target))
          #expect(path.reduce(.zero) { $0 + topology[$1].delay } == fabric.delay(at: tier))
        }
      }
    }
  }

  @Test(arguments: designs)
  func namesAreDifferent(design: FabricDesign) throws {
    var topology = Topology()
    _ = try Fabric(design, in: &topology)
    #expect(Set(topology.nodes).count == topology.nodes.count)
    #expect(Set(topology.links.map(\.name)).count == topology.links.count)
  }

  @Test func railsShareALeafAndCardsOfAHostDoNot() throws {
    var topology = Topology()
    let fabric = try Fabric(Self.designs[1], in: &topology)
    #expect(fabric.leafCount == 6)
    #expect((0..<8).map { fabric.leaf(ofNIC: $0) } == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(fabric.leaf(ofNIC: 8) == 2)
    // Two accelerators to a card.
    #expect((0..<8).map { fabric.nic(ofGPU: $0) } == [0, 0, 1, 1, 2, 2, 3, 3])
  }

  @Test func oversubscriptionIsWhatComesInOverWhatGoesOut() {
    #expect(Self.designs[0].oversubscription == 4)
    #expect(Self.designs[2].oversubscription == 0.5)
  }

  @Test func sixteenThousandAcceleratorsAreNoMoreThanTheirLinks() throws {
    var topology = Topology()
    let fabric = try Fabric(
      FabricDesign(name: "f", hosts: 2048, nicRate: Self.rate, nicsPerLeaf: 32, uplinksPerLeaf: 32),
      in: &topology)
    #expect(fabric.nicCount == 16_384 && fabric.leafCount == 512)
    #expect(topology.links.count == 2 * (16_384 + 512 * 32))
    #expect(topology.nodes.count == 16_384 + 512 + 32)
  }

  /// A change that makes the first design wrong, and the number that is then to blame.
  private struct Mistake: Sendable {
    var part: FabricProblem.Part
    var change: @Sendable (inout FabricDesign) -> Void
  }

  private static let mistakes = [
    Mistake(part: .hosts) { $0.hosts = 1 },
    Mistake(part: .hosts) { $0.hosts = 10_000 },
    Mistake(part: .nicsPerHost) { $0.nicsPerHost = 3 },
    Mistake(part: .nicsPerLeaf) { $0.nicsPerLeaf = 12 },
    Mistake(part: .uplinks) { $0.uplinksPerLeaf = 5000 },
    Mistake(part: .podLeaves) { $0.pods = .init(leaves: 0, uplinksPerSpine: 1) },
    Mistake(part: .spineUplinks) { $0.pods = .init(leaves: 2, uplinksPerSpine: 2000) },
    Mistake(part: .nicRate) { $0.nicRate = .zero },
  ]

  @Test func aWrongNumberIsNamed() {
    for mistake in Self.mistakes {
      var design = Self.designs[0]
      #expect(design.problem == nil)
      mistake.change(&design)
      #expect(design.problem?.part == mistake.part)
      var topology = Topology()
      #expect(throws: FabricProblem.self) { try Fabric(design, in: &topology) }
      #expect(topology.links.isEmpty)
    }
  }
}
