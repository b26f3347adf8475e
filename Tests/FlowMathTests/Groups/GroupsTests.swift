// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// Flows in groups against flows in classes, and both against plain arithmetic.
@Suite struct GroupsTests {
  static let shapes: [FlowsShape] = [
    FlowsShape(),
    FlowsShape(links: 3, classes: 20),
    FlowsShape(hasTies: true),
    FlowsShape(links: 4, hasWeights: true, hasTies: true),
    FlowsShape(hasWeights: true),
    FlowsShape(hasCeilings: true),
    FlowsShape(links: 4, classes: 24, hasCeilings: true, hasWeights: true, hasTies: true),
    FlowsShape(hasFailures: true),
    FlowsShape(hasCeilings: true, hasTies: true, hasFailures: true),
    FlowsShape(links: 10, classes: 40, hasCeilings: true, hasWeights: true, hasFailures: true),
    FlowsShape(layers: 2),
    FlowsShape(hasCeilings: true, hasWeights: true, hasFailures: true, layers: 3),
    FlowsShape(links: 4, classes: 24, hasCeilings: true, hasTies: true, layers: 2),
    FlowsShape(links: 9, isLine: true),
    FlowsShape(links: 9, hasCeilings: true, hasTies: true, hasFailures: true, isLine: true),
    FlowsShape(hasCeilings: true, hasManyCeilings: true),
    FlowsShape(
      links: 4, classes: 40, hasCeilings: true, hasManyCeilings: true, hasWeights: true,
      hasFailures: true),
    FlowsShape(hasFloors: true),
    FlowsShape(links: 4, classes: 24, hasCeilings: true, hasFloors: true),
    FlowsShape(hasCeilings: true, hasFloors: true, hasTies: true, hasFailures: true),
    FlowsShape(hasCeilings: true, hasFloors: true, layers: 3),
    FlowsShape(hasCeilings: true, hasManyCeilings: true, changesTerms: true, hasWeights: true),
    FlowsShape(
      links: 5, classes: 24, hasCeilings: true, hasManyCeilings: true, hasFloors: true,
      changesTerms: true, hasFailures: true, layers: 2),
    FlowsShape(
      links: 9, hasCeilings: true, hasFloors: true, changesTerms: true, hasFailures: true,
      isLine: true),
    FlowsShape(hasWeights: true, isLong: true),
    FlowsShape(
      links: 4, classes: 24, hasCeilings: true, hasManyCeilings: true, hasFloors: true,
      changesTerms: true, hasFailures: true, isLong: true),
    FlowsShape(links: 30, classes: 60, most: 40),
    FlowsShape(
      links: 24, classes: 60, most: 40, hasCeilings: true, hasFloors: true, hasFailures: true,
      layers: 2),
  ]

  /// Classes alone, groups alone, from one to the other and back at random, and groups that are
  /// given up where two looks do not do.
  enum Way: CaseIterable { case classes, groups, both, hasty }

  @Test(arguments: shapes.indices, Way.allCases)
  func equalsPlainArithmetic(shape: Int, way: Way) {
    var grouped = 0
    for seed in 0..<15 as Range<UInt64> {
      var run = ComparedRun(shape: GroupsTests.shapes[shape], seed: seed, way: way)
      run.go(events: 40)
      grouped += run.grouped
      guard let difference = run.difference else { continue }
      Issue.record("shape \(shape), \(way), seed \(seed): \(difference)")
      return
    }
    #expect(way == .classes ? grouped == 0 : grouped > 30 * 10)
  }

  @Test(arguments: shapes.indices)
  func whatHeldFlowsIsTheSame(shape: Int) {
    for seed in 0..<8 as Range<UInt64> {
      var classes = ComparedRun(shape: GroupsTests.shapes[shape], seed: seed, way: .classes)
      var groups = ComparedRun(shape: GroupsTests.shapes[shape], seed: seed, way: .both)
      classes.go(events: 60)
      groups.go(events: 60)
      if let difference = groups.difference ?? classes.difference {
        Issue.record("seed \(seed): \(difference)")
        return
      }
      for index in classes.draw.demands.indices {
        // Which of two links that are full at one level holds a class is left open.
        let (one, other) = (classes.held(index), groups.held(index))
        #expect(
          zip(one, other).allSatisfy { abs($0 - $1) < 1e-15 + 1e-9 * $0 },
          "seed \(seed) class \(index): \(one) and \(other)")
      }
    }
  }
}

/// A system that is held to plain arithmetic at each event.
struct ComparedRun: ~Copyable {
  var system: FluidSystem
  var draw: RandomFlows
  var reference = ReferenceFlows()
  let way: GroupsTests.Way
  var switches: TestRandom
  var now: Int64 = 0
  /// Events after which classes were in groups.
  var grouped = 0
  /// The first thing that was not as it should be.
  var difference: String?

  init(shape: FlowsShape, seed: UInt64, way: GroupsTests.Way) {
    system = FluidSystem(layers: shape.layers, notingHolds: seed % 2 == 0)
    draw = RandomFlows(shape: shape, seed: seed)
    switches = TestRandom(state: ~seed)
    self.way = way
    if way == .hasty {
      system.sharing.effort.looksPerLink = 0
      system.sharing.effort.sureLooks = 3
    }
    system.sharing.effort.mostAdditions = 5
    choose()
    for action in draw.first() { _ = system.take(action, at: 0) }
  }

  private mutating func choose() {
    let isGrouped = way == .groups || way == .hasty || way == .both && Bool.random(using: &switches)
    system.choice.forced = isGrouped ? .groups : .classes
  }

  mutating func go(events: Int) {
    for _ in 0..<events where difference == nil {
      let pause =
        Int64.random(in: 0...60, using: &draw.random) * (draw.shape.isLong ? 100_000_000 : 1)
      while let next = system.nextFinish, next <= now + pause, difference == nil { finish(next) }
      now += pause
      reference.advance(to: Double(now), draw.yields)
      for _ in 0..<Int.random(in: 1...draw.shape.most, using: &draw.random) { act() }
      settle()
    }
    system.flush(to: now)
  }

  /// Ends what is done by an instant, at the very instants at which plain arithmetic has it.
  private mutating func finish(_ next: Int64) {
    var last = reference.now
    while let done = system.popFinished(by: next) {
      guard let place = reference.flows.firstIndex(where: { $0.slot == done.slot }) else {
        return differ("nobody knows slot \(done.slot)")
      }
      let flow = reference.flows.remove(at: place)
      let rate = reference.rates[flow.flowClass] * draw.yields[flow.flowClass] * 1e-9
      let instant = reference.now + flow.bitsLeft / rate
      if !(abs(instant - Double(done.nanoseconds)) < 0.5 + (draw.shape.isLong ? 1e-2 : 1e-5)) {
        differ("class \(flow.flowClass) is done at \(done.nanoseconds), not at \(instant)")
      }
      draw.demands[flow.flowClass].flows -= 1
      last = max(last, instant)
    }
    reference.advance(to: last, draw.yields)
    now = max(now, next)
    // As policies do that grant what a flow leaves.
    if draw.shape.changesTerms, Bool.random(using: &draw.random),
      let terms = draw.newTerms(asFlowsEnd: true)
    {
      _ = system.take(terms, at: next)
    }
    settle()
  }

  private mutating func act() {
    let action = draw.next()
    let answer = system.take(action, at: now)
    switch action {
    case .start(let flowClass, let bits):
      draw.demands[flowClass].flows += 1
      reference.flows.append(.init(slot: answer ?? -1, flowClass: flowClass, bitsLeft: bits))
    case .withdraw(let flowClass):
      if answer != draw.demands[flowClass].flows { differ("not all were withdrawn") }
      draw.demands[flowClass].flows = 0
      reference.flows.removeAll { $0.flowClass == flowClass }
    default: break
    }
  }

  private mutating func settle() {
    system.settle()
    if system.isGrouped { grouped += 1 }
    choose()
    reference.rates = ReferenceSharing.rates(
      capacities: draw.capacities, demands: draw.demands)
    for index in draw.demands.indices where draw.demands[index].flows > 0 {
      let expected = reference.rates[index] * draw.yields[index]
      let rate = system.rate(ofClass: index)
      if !(abs(rate - expected) <= 1e-9 * max(expected, 1e4)) {
        differ("class \(index) has \(rate), not \(expected), at \(now)")
      }
    }
  }

  private mutating func differ(_ what: String) { difference = difference ?? what }

  /// What held a class: full links one by one, unless they tie, and dead ones, which do, in all.
  ///
  /// With layers, dead links tie with those of which a higher layer leaves nothing.
  mutating func held(_ index: Int) -> [Double] {
    let hops = system.hops(ofClass: index)
    var all: [FluidSystem.HeldSeconds] = []
    for hop in 0...hops { all.append(system.heldSeconds(ofClass: index, at: hop)) }
    let full = all.map(\.full)
    let down = all.reduce(0) { $0 + $1.down }
    if draw.shape.layers > 1 { return [full.reduce(down, +)] }
    return (draw.shape.hasTies ? [full.reduce(0, +)] : full) + [down]
  }
}
