// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// Flows over time: what is done when, over all the time that a run may take.
@Suite struct FluidSystemTests {
  /// Classes one by one, and in groups.
  static let ways: [SharingWay] = [.classes, .groups]

  private func system(_ way: SharingWay) -> FluidSystem {
    FluidSystem(way: way)
  }

  /// One link of 1 Gbps, which is 1 bit a nanosecond.
  private func link(_ way: SharingWay) -> FluidSystem {
    var system = system(way)
    let link = system.addLink(capacity: 1e9)
    _ = system.addClass(path: [link], terms: FlowTerms())
    _ = system.addClass(path: [link], terms: FlowTerms(weight: 3))
    return system
  }

  private func finishes(_ system: inout FluidSystem) -> [Int64] {
    var all: [Int64] = []
    while let next = system.nextFinish {
      while let done = system.popFinished(by: next) { all.append(done.nanoseconds) }
      system.settle()
    }
    return all
  }

  @Test(arguments: ways) func flowsOfAClassAreDoneInOrderOfTheirSize(way: SharingWay) {
    // Three at a third of a bit each: the first has 100 bits, 300 ns; the next 100 more at half
    // a bit, 200 ns; the last 100 more alone.
    var system = link(way)
    for bits in [300.0, 100, 200] { _ = system.start(flowClass: 0, bits: bits, at: 0) }
    system.settle()
    #expect(system.flows(ofClass: 0) == 3)
    #expect(abs(system.rate(ofClass: 0) - 1e9 / 3) < 1)
    #expect(finishes(&system) == [300, 500, 600])
    #expect(system.flows(ofClass: 0) == 0)
  }

  @Test(arguments: ways) func severalFlowsMayEndWithinANanosecond(way: SharingWay) {
    // 10 flows of 1.01 to 1.1 bits, a tenth of a bit a nanosecond each: between 10.1 and 11 ns.
    var system = link(way)
    for index in 1...10 {
      _ = system.start(flowClass: 0, bits: 1 + Double(index) * 0.01, at: 5)
    }
    system.settle()
    var done: [FinishedFlow] = []
    while let next = system.nextFinish, next <= 16 {
      while let flow = system.popFinished(by: next) { done.append(flow) }
      system.settle()
    }
    #expect(done.map(\.slot) == Array(0..<10))
    system.flush(to: 16)
    // 1.01 + 1.02 + ... + 1.1 bits.
    #expect(abs(system.carriedBits(of: 0) - 10.55) < 1e-12)
  }

  @Test func whatIsSentAgainLoadsTheLinkAndBringsNobodyForward() {
    // A flow of 600 bits with a yield of 0.5 on 1 bit a nanosecond: 200 ns bring 100 bits. Then
    // a yield of 1 at half the rate: 500 bits in 1000 ns. The link carried 200 + 500 bits.
    var system = FluidSystem()
    _ = system.addLink(capacity: 1e9)
    _ = system.addClass(path: [0], terms: FlowTerms(ceiling: 1e18))
    system.setTerms(ofClass: 0, weight: 1, ceiling: 1e18, yield: 0.5, at: 0)
    _ = system.start(flowClass: 0, bits: 600, at: 0)
    system.settle()
    #expect(system.nextFinish == 1200)
    system.setTerms(ofClass: 0, weight: 2, ceiling: 0.5e9, yield: 1, at: 200)
    system.settle()
    system.measureLinks(at: 200)
    #expect(system.carriedBits(of: 0) == 200)
    #expect(finishes(&system) == [1200])
    system.flush(to: 1200)
    #expect(abs(system.carriedBits(of: 0) - 700) < 1e-9)
    #expect(abs(system.sentBits(ofClass: 0, at: 1300) - 700) < 1e-9)
    #expect(abs(system.bitsSentAgain(ofClass: 0) - 100) < 1e-9)
  }

  @Test(arguments: [true, false]) func flowsSayWhatHeldThemWhereThatIsNoted(isNoted: Bool) {
    // 1 bit a nanosecond behind 2: the second link holds them, and then it is down for 100 ns.
    var system = FluidSystem(notingHolds: isNoted)
    for capacity in [2e9, 1e9] { _ = system.addLink(capacity: capacity) }
    _ = system.addClass(path: [0, 1], terms: FlowTerms())
    for _ in 0..<2 { _ = system.start(flowClass: 0, bits: 400, at: 0) }
    system.settle()
    system.setCapacity(of: 1, to: 0, at: 300)
    system.settle()
    system.setCapacity(of: 1, to: 1e9, at: 400)
    system.settle()
    var bottlenecks: [Int?] = []
    while let done = system.popFinished(by: 900) { bottlenecks.append(done.bottleneck) }
    #expect(bottlenecks == (isNoted ? [1, 1] : [nil, nil]))
    system.flush(to: 900)
    var held: [FluidSystem.HeldSeconds] = []
    for hop in 0...2 { held.append(system.heldSeconds(ofClass: 0, at: hop)) }
    #expect(held.map { ($0.full * 1e9).rounded() } == [0, 1600, 0])
    #expect(held.map { ($0.down * 1e9).rounded() } == [0, 200, 0])
  }

  @Test func aFloorAsHighAsTheCeilingIsTheRateWhoeverElseIsThere() {
    // 1 bit a nanosecond: 0.7 for the one that is granted as much, 0.3 for three others; then none
    // is granted to it, and the others have all but what nobody could see.
    var system = FluidSystem()
    _ = system.addLink(capacity: 1e9)
    _ = system.addClass(path: [0], terms: FlowTerms(ceiling: 1e18))
    _ = system.addClass(path: [0], terms: FlowTerms())
    _ = system.start(flowClass: 0, bits: 1000, at: 0)
    for _ in 0..<3 { _ = system.start(flowClass: 1, bits: 1000, at: 0) }
    system.setTerms(ofClass: 0, weight: 1, floor: 0.7e9, ceiling: 0.7e9, yield: 1, at: 0)
    system.settle()
    #expect(abs(system.rate(ofClass: 0) - 0.7e9) < 1e-6)
    #expect(abs(system.rate(ofClass: 1) - 0.1e9) < 1)
    #expect(abs(system.bitsLeft(ofNextIn: 0, at: 100) - 930) < 1e-9)
    system.setTerms(ofClass: 0, weight: 1, floor: 0, ceiling: 1e-3, yield: 1, at: 100)
    system.settle()
    #expect(system.rate(ofClass: 0) < 1.001e-3)
    #expect(abs(system.rate(ofClass: 1) - 1e9 / 3) < 1)
    #expect(abs(system.bitsLeft(ofNextIn: 0, at: 300) - 930) < 1e-6)
  }

  @Test(arguments: [3, 60]) func newTermsMixUpNoOtherClass(classes: Int) {
    // Each alone on a link of 1 bit a nanosecond, 100 n bits: halved at 50 ns, all have as much to
    // go as before, twice over.
    var system = FluidSystem()
    for index in 0..<classes {
      let link = system.addLink(capacity: 1e9)
      _ = system.addClass(path: [link], terms: FlowTerms(ceiling: 1e18))
      _ = system.start(flowClass: index, bits: 100 * Double(index + 1), at: 0)
    }
    system.settle()
    for index in 0..<classes {
      system.setTerms(ofClass: index, weight: 1, ceiling: 0.5e9, yield: 1, at: 50)
      if index % 2 == 0 { system.settle() }
    }
    system.settle()
    let expected: [Int64] = (1...Int64(classes)).map { $0 * 200 - 50 }
    #expect(finishes(&system) == expected)
  }

  @Test(
    arguments: [
      0, 1 << 40, 1 << 51, 1 << 54 + 1, 1_000_000_000_000_000_001, 9_000_000_000_000_000_001,
    ], ways)
  func aRunIsAsExactAfterYearsAsAtItsStart(start: Int64, way: SharingWay) {
    // 1e18 ns are 31 years, and more than a Double tells apart by single ones: the system gets
    // there in one leap. Then 100 bits at 1/4 bit a nanosecond beside 300 at 3/4: 400 ns for both.
    var system = link(way)
    _ = system.start(flowClass: 0, bits: 10, at: 0)
    system.settle()
    #expect(finishes(&system) == [10])
    _ = system.start(flowClass: 0, bits: 100, at: start + 10)
    _ = system.start(flowClass: 1, bits: 300, at: start + 10)
    system.settle()
    #expect(finishes(&system) == [start + 410, start + 410])
    // And on from there: 1000 bits alone, 50 times.
    for step in 0..<50 as Range<Int64> {
      let now = start + 500 + step * 1001
      _ = system.start(flowClass: 1, bits: 1000, at: now)
      system.settle()
      #expect(finishes(&system) == [now + 1000])
    }
    system.flush(to: start + 100_000)
    #expect(abs(system.carriedBits(of: 0) - 50_410) < 1e-6)
  }

  @Test(arguments: ways) func noBitIsLostToCoarseInstants(way: SharingWay) {
    // At 2^49 ns, 6.5 days, a Double tells instants apart by 2^-3 ns: nearly a bit at 7 bits a
    // nanosecond, for a flow of 1000 bits that takes 142.86 ns.
    var system = system(way)
    let link = system.addLink(capacity: 7e9)
    let flowClass = system.addClass(path: [link], terms: FlowTerms())
    for step in 0..<100 as Range<Int64> {
      _ = system.start(flowClass: flowClass, bits: 1000, at: 1 << 49 + step * 1001)
      system.settle()
      #expect(finishes(&system) == [1 << 49 + step * 1001 + 143])
    }
    system.flush(to: 1 << 50)
    #expect(abs(system.carriedBits(of: link) - 100_000) < 1e-6)
  }

  @Test(arguments: ways)
  func aMouseIsNotLostBesideAnElephantOfItsClass(way: SharingWay) {
    // 8e18 bits at 10 Tbps; after 1e5 s, when 1e18 are through and a number has no room for a
    // single bit more, the link falls to 0.1 bit/ns. Two mice of 8,008 bits start 1 ms apart: each
    // has half of it, so 160,160 ns.
    var system = system(way)
    let link = system.addLink(capacity: 1e13)
    let flowClass = system.addClass(path: [link], terms: FlowTerms())
    _ = system.start(flowClass: flowClass, bits: 8e18, at: 0)
    system.settle()
    let change: Int64 = 100_000_000_000_000
    system.setCapacity(of: link, to: 1e8, at: change)
    system.settle()
    for mouse in 0..<2 as Range<Int64> {
      let start = change + 1_000_000 * (mouse + 1)
      _ = system.start(flowClass: flowClass, bits: 8008, at: start)
      system.settle()
      #expect(system.nextFinish == start + 160_160)
      #expect(system.popFinished(by: start + 160_160)?.nanoseconds == start + 160_160)
      system.settle()
    }
  }

  @Test(arguments: ways) func aFlowThatTakesMonthsIsDoneOnTime(way: SharingWay) {
    // 1e16 bits, 116 days at 1 bit a nanosecond, while others come and go beside it: each of a
    // thousand takes its own 1e3 bits from the long one.
    var system = link(way)
    _ = system.start(flowClass: 0, bits: 1e16, at: 0)
    system.settle()
    for step in 1...1000 as ClosedRange<Int64> {
      let now = step * 5_000_000_000_000
      _ = system.start(flowClass: 1, bits: 1000, at: now)
      system.settle()
      guard let next = system.nextFinish else { break }
      // 1000 bits at 3/4 bit a nanosecond: 1333.3 ns.
      #expect(next == now + 1334)
      let done = system.popFinished(by: next)
      #expect(done?.nanoseconds == now + 1333 && done?.flowClass == 1)
      system.settle()
    }
    #expect(finishes(&system) == [10_000_000_001_000_000])
  }
}
