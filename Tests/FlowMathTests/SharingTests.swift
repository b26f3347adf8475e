// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// The incremental solver against the plain one, and against small systems solved by hand.
@Suite struct SharingTests {
  static let shapes: [SharingShape] = [
    SharingShape(),
    SharingShape(links: 4, classes: 40),
    SharingShape(links: 60, classes: 200),
    SharingShape(hasTies: true),
    SharingShape(links: 30, classes: 60, hasTies: true),
    SharingShape(hasWeights: true),
    SharingShape(links: 3, classes: 12, hasWeights: true, hasTies: true),
    SharingShape(links: 8, classes: 16, hasWeights: true, hasTies: true),
    SharingShape(hasCeilings: true),
    SharingShape(hasFloors: true),
    SharingShape(hasFloors: true, hasCeilings: true, hasWeights: true),
    SharingShape(layers: 3),
    SharingShape(layers: 2, hasFloors: true, hasCeilings: true, hasWeights: true),
    SharingShape(layers: 3, hasFloors: true, hasCeilings: true, hasTies: true, hasDeadLinks: true),
    SharingShape(hasDeadLinks: true),
    SharingShape(hasCeilings: true, changesTerms: true),
    SharingShape(links: 60, classes: 200, hasFloors: true, hasWeights: true, changesTerms: true),
    SharingShape(layers: 2, hasCeilings: true, hasTies: true, changesTerms: true),
    SharingShape(links: 9, classes: 12, isLine: true),
    SharingShape(links: 9, classes: 12, hasTies: true, isLine: true),
    SharingShape(links: 9, classes: 8, hasFloors: true, hasCeilings: true, isLine: true),
    SharingShape(links: 5, hasDeadLinks: true, changesTerms: true, otherThanGranted: 1_000),
    SharingShape(links: 6, classes: 40, hasTies: true, changesTerms: true, otherThanGranted: 4),
    SharingShape(layers: 2, hasWeights: true, changesTerms: true, otherThanGranted: 3),
  ]

  enum Way: CaseIterable { case asChosen, local, dense }

  @Test(arguments: shapes.indices, Way.allCases)
  func equalsTheReferenceAfterChanges(shape: Int, way: Way) {
    for seed in 0..<6 as Range<UInt64> {
      var network = RandomSharing(shape: SharingTests.shapes[shape], seed: seed)
      // The plain solver takes far longer on large networks: there it looks on now and then.
      let isLarge = SharingTests.shapes[shape].classes > 100
      for step in 0..<(isLarge ? 80 : 40) {
        network.disturb()
        switch way {
        case .asChosen: break
        case .local: network.sharing.effort.forced = .local
        case .dense: network.sharing.effort.forced = .dense
        }
        network.sharing.solve()
        network.sharing.startBatch()
        let wrong = network.wrongLoad()
        #expect(wrong == nil, "load at seed \(seed) step \(step)")
        guard !isLarge || step % 10 == 9 else { continue }
        let rates = network.rates()
        let expected = network.referenceRates()
        for index in rates.indices {
          // A link of 1e11 rounds at 1e-5: below that a rate is as good as none.
          let scale = max(expected[index], 1e4)
          #expect(
            abs(rates[index] - expected[index]) <= 1e-9 * scale,
            "seed \(seed) step \(step) class \(index): \(rates[index]), not \(expected[index])")
          guard abs(rates[index] - expected[index]) <= 1e-9 * scale else { return }
        }
      }
    }
  }

  @Test func linksThatCanNeverBeFullAreLeftOut() {
    // Links of 8, 20 and 12: whatever the first and the last let through, the middle one carries.
    var sharing = Sharing(layers: 1)
    for capacity in [8.0, 20, 12] { _ = sharing.addLink(capacity: capacity) }
    for path in [[0, 1], [1, 2], [1, 2]] { _ = sharing.addClass(path: path, terms: FlowTerms()) }
    #expect(!sharing.pieces[1].isCovered)
    // Only the way in is narrow for the one, only the way out for the others: 20 is shared by all.
    for index in 0..<3 as Range<Int32> { sharing.changeFlows(of: index, by: 1) }
    sharing.solve()
    #expect((0..<3).map { sharing.classes[$0].level } == [8, 6, 6])

    var fork = Sharing(layers: 1)
    for capacity in [20.0, 8, 12] { _ = fork.addLink(capacity: capacity) }
    for path in [[0, 1], [0, 2]] { _ = fork.addClass(path: path, terms: FlowTerms()) }
    #expect(fork.covered.map(Int.init) == [0])
    for index in 0..<2 as Range<Int32> { fork.changeFlows(of: index, by: 1) }
    fork.solve()
    #expect((0..<2).map { fork.classes[$0].level } == [8, 12])
    // Narrower than both together, it is full; a path that ends on it takes its cover as well.
    fork.setCapacity(of: 0, to: 10)
    fork.solve()
    #expect(fork.covered.isEmpty)
    #expect((0..<2).map { fork.classes[$0].level } == [5, 5])
  }

  @Test func aLineLeavesLinksOut() {
    let network = RandomSharing(shape: SharingShape(links: 9, classes: 12, isLine: true), seed: 0)
    #expect(network.coveredLinks > 0)
  }

  @Test func aLongFlowTakesTheLeastShareOfItsLinks() {
    // Links of 10, 12 and 9. One flow over all three; a second on link 0, two on link 1, one on
    // link 2. Shares: link 0: 10/2 = 5; link 1: 12/3 = 4; link 2: 9/2 = 4.5. So the long flow and
    // both on link 1 get 4; link 0 leaves 6 and link 2 leaves 5 to the others.
    var sharing = Sharing(layers: 1)
    for capacity in [10.0, 12, 9] { _ = sharing.addLink(capacity: capacity) }
    let paths = [[0, 1, 2], [0], [1], [2]]
    for path in paths { _ = sharing.addClass(path: path, terms: FlowTerms()) }
    for (index, flows) in [1, 1, 2, 1].enumerated() {
      sharing.changeFlows(of: Int32(index), by: Int32(flows))
    }
    sharing.solve()
    #expect((0..<4).map { sharing.classes[$0].level } == [4, 6, 4, 5])
    #expect((0..<4).map { sharing.pathPort[sharing.classes[$0].heldAt] } == [1, 0, 1, 2])
  }

  @Test func floorsThatDoNotFitAreCutInProportion() {
    // Floors of 6 and 9 on a link of 10: each keeps 10/15 of its own, so 4 and 6.
    var sharing = Sharing(layers: 1)
    _ = sharing.addLink(capacity: 10)
    for floor in [6.0, 9] {
      let index = sharing.addClass(path: [0], terms: FlowTerms(floor: floor))
      sharing.changeFlows(of: Int32(index), by: 1)
    }
    sharing.solve()
    let rates = (0..<2).map { sharing.terms[$0].rate(at: sharing.classes[$0].level) }
    #expect(abs(rates[0] - 4) < 1e-12 && abs(rates[1] - 6) < 1e-12)
  }

  @Test func aLowerLayerGetsOnlyWhatTheHigherLeaves() {
    // Layer 0 is capped at 3 on a link of 10; layer 1 has weights 1 and 6 on the 7 that remain.
    var sharing = Sharing(layers: 2)
    _ = sharing.addLink(capacity: 10)
    let terms = [
      FlowTerms(ceiling: 3), FlowTerms(weight: 1, layer: 1), FlowTerms(weight: 6, layer: 1),
    ]
    for term in terms {
      let index = sharing.addClass(path: [0], terms: term)
      sharing.changeFlows(of: Int32(index), by: 1)
    }
    sharing.solve()
    #expect((0..<3).map { terms[$0].rate(at: sharing.classes[$0].level) } == [3, 1, 6])
  }

  @Test func aLoadOutlivesMoreChangesThanItIsKeptFor() {
    // One flow always on each of two links of 10 behind a link of 4: shares 2 and 2. A third that
    // comes and goes on the first link takes what that has to spare, 8 of 10, each time, and
    // raises no other. Twice as often as a running load is kept.
    var sharing = Sharing(layers: 1)
    for capacity in [10.0, 10, 4] { _ = sharing.addLink(capacity: capacity) }
    for path in [[0, 2], [1, 2], [0]] { _ = sharing.addClass(path: path, terms: FlowTerms()) }
    sharing.changeFlows(of: 0, by: 1)
    sharing.changeFlows(of: 1, by: 1)
    for step in 0..<4 * SharingPort.mostAdditions {
      sharing.changeFlows(of: 2, by: step % 2 == 0 ? 1 : -1)
      sharing.solve()
      sharing.startBatch()
      guard (0..<2).allSatisfy({ sharing.classes[$0].level == 2 }) else { break }
    }
    #expect((0..<2).map { sharing.classes[$0].level } == [2, 2])
    sharing.changeFlows(of: 2, by: 1)
    sharing.solve()
    #expect(sharing.classes[2].level == 8)
  }
}
