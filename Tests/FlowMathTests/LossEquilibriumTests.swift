// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

extension LossEquilibrium {
  fileprivate mutating func addClass(path: some Sequence<Int32>, terms: LossyTerms) {
    addClass(path: path, terms: terms) { Int($0) }
  }
}

/// Prices and rates against theory, and against a plain solver that takes one link after the other.
@Suite struct LossEquilibriumTests {
  private func terms(
    flows: Double = 1, otherLoss: Double = 0, roundTrip: Double = 0.05, ceiling: Double = 1e18,
    law: LossLaw = .reno
  ) -> LossyTerms {
    LossyTerms(
      flows: flows, otherLoss: otherLoss, roundTrip_s: roundTrip, segment_bits: 1448 * 8,
      ceiling: ceiling, law: law)
  }

  @Test(arguments: LossLaw.allCases) func aFullLinkIsJustFullAndItsLossGivesTheRate(law: LossLaw) {
    var system = LossEquilibrium(links: 1)
    system.setRoom(of: 0, to: 1e9)
    system.addClass(path: [0], terms: terms(flows: 10, law: law))
    let rounds = system.solve(tolerance: 1e-9)
    #expect(rounds < LossEquilibrium.mostRounds)
    #expect(abs(system.rate(ofClass: 0) - 1e8) < 1)
    let rate = terms(law: law).rate(at: system.price(ofLink: 0))
    #expect(abs(rate / 1e8 - 1) < 1e-6)
  }

  @Test func ratesOnOneLinkGoAsTheInverseOfTheRoundTrip() {
    // By the law of the square root, which holds where losses are rare: windows of hundreds.
    var system = LossEquilibrium(links: 1)
    system.setRoom(of: 0, to: 4e9)
    system.addClass(path: [0], terms: terms(roundTrip: 0.02))
    system.addClass(path: [0], terms: terms(roundTrip: 0.06))
    system.solve(tolerance: 1e-9)
    #expect(abs(system.rate(ofClass: 0) / system.rate(ofClass: 1) - 3) < 0.01)
    #expect(abs(system.rate(ofClass: 0) - 3e9) < 1e7)
  }

  @Test(arguments: [2, 3, 5]) func aFlowOverHFullLinksGetsTheRootOfHLess(hops: Int) {
    // All round trips alike: the losses of h links add up, so the rate falls as 1/sqrt(h).
    var system = LossEquilibrium(links: hops)
    for link in 0..<hops { system.setRoom(of: link, to: 10e9) }
    system.addClass(path: (0..<hops).map(Int32.init), terms: terms())
    for link in 0..<hops { system.addClass(path: [Int32(link)], terms: terms()) }
    system.solve(tolerance: 1e-9)
    let ratio = system.rate(ofClass: 1) / system.rate(ofClass: 0)
    #expect(abs(ratio / Double(hops).squareRoot() - 1) < 0.01)
    #expect(abs(system.rate(ofClass: 0) + system.rate(ofClass: 1) - 10e9) < 1e3)
  }

  @Test func flowsAtTheirCeilingLeaveALinkWithoutLoss() {
    var system = LossEquilibrium(links: 2)
    system.setRoom(of: 0, to: 1e9)
    system.setRoom(of: 1, to: 1e9)
    system.addClass(path: [0], terms: terms(flows: 5, ceiling: 1e8))
    system.addClass(path: [0, 1], terms: terms(ceiling: 2e8))
    system.solve()
    #expect(system.price(ofLink: 0) == 0 && system.price(ofLink: 1) == 0)
    #expect(system.rate(ofClass: 0) == 1e8 && system.rate(ofClass: 1) == 2e8)
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func equalsThePlainSolver(seed: UInt64) {
    var random = TestRandom(state: seed)
    let links = Int.random(in: 1...8, using: &random)
    var plain = PlainLossEquilibrium(room: [], classes: [])
    var system = LossEquilibrium(links: links)
    for link in 0..<links {
      let room = Double.random(in: 1e8...1e10, using: &random)
      plain.room.append(room)
      system.setRoom(of: link, to: room)
    }
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let length = Int.random(in: 1...links, using: &random)
      let path = Array((0..<Int32(links)).shuffled(using: &random).prefix(length))
      let terms = terms(
        flows: Double(Int.random(in: 1...50, using: &random)),
        otherLoss: Bool.random(using: &random) ? 0 : Double.random(in: 0...1e-3, using: &random),
        roundTrip: Double.random(in: 1e-3...0.2, using: &random),
        ceiling: Bool.random(using: &random) ? 1e18 : Double.random(in: 1e7...1e9, using: &random),
        law: Bool.random(using: &random) ? .reno : .cubic)
      plain.classes.append((path, terms))
      system.addClass(path: path, terms: terms)
    }
    system.solve(tolerance: 1e-6)
    let expected = plain.rates()
    for index in expected.indices {
      #expect(
        abs(system.rate(ofClass: index) / expected[index] - 1) < 2e-3,
        "class \(index): \(system.rate(ofClass: index)), not \(expected[index])")
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func extremesGiveNeitherNonsenseNorALoop(seed: UInt64) {
    var random = TestRandom(state: seed)
    let extremes = [0, 1e-300, 1e-3, 1, 1e3, 1e6, 1e9, 1e12]
    var system = LossEquilibrium(links: 4)
    for link in 0..<4 {
      system.setRoom(of: link, to: extremes.randomElement(using: &random) ?? 0)
    }
    for _ in 0..<9 {
      let path = (0..<4 as Range<Int32>).shuffled(using: &random).prefix(2)
      system.addClass(
        path: path,
        terms: LossyTerms(
          flows: [1, 1e6].randomElement(using: &random) ?? 1,
          otherLoss: [0, 1e-9, 0.5, 1].randomElement(using: &random) ?? 0,
          roundTrip_s: [1e-9, 1e-3, 10].randomElement(using: &random) ?? 1,
          segment_bits: [8, 12_000, 1e6].randomElement(using: &random) ?? 1,
          ceiling: [1, 1e9, 1e18].randomElement(using: &random) ?? 1,
          law: LossLaw.allCases.randomElement(using: &random) ?? .reno))
    }
    system.solve()
    for index in 0..<9 {
      let rate = system.rate(ofClass: index)
      #expect(rate >= 0 && rate.isFinite)
    }
    for link in 0..<4 { #expect((0...1).contains(system.price(ofLink: link))) }
  }
}

/// One link after the other by bisection, until nothing moves: slow and plain.
struct PlainLossEquilibrium {
  var room: [Double]
  var classes: [(path: [Int32], terms: LossyTerms)]

  func rates() -> [Double] {
    var prices = [Double](repeating: 0, count: room.count)
    for _ in 0..<400 {
      var moved = 0.0
      for link in room.indices {
        let before = prices[link]
        prices[link] = price(of: link, among: prices)
        moved = max(moved, abs(prices[link] - before) / max(prices[link], 1e-10))
      }
      if moved < 1e-8 { break }
    }
    return classes.indices.map { rate(of: $0, at: prices) }
  }

  private func price(of link: Int, among prices: [Double]) -> Double {
    var prices = prices
    func load(_ price: Double) -> Double {
      prices[link] = price
      return classes.indices.filter { classes[$0].path.contains(Int32(link)) }
        .reduce(0) { $0 + classes[$1].terms.flows * rate(of: $1, at: prices) }
    }
    if load(0) <= room[link] { return 0 }
    var low = 1e-14
    var high = 1.0
    for _ in 0..<100 {
      let middle = (low * high).squareRoot()
      if load(middle) > room[link] { low = middle } else { high = middle }
    }
    return high
  }

  private func rate(of index: Int, at prices: [Double]) -> Double {
    let (path, terms) = classes[index]
    let loss = min(1, path.reduce(terms.otherLoss) { $0 + prices[Int($1)] })
    return min(terms.ceiling, terms.rate(at: loss))
  }
}
