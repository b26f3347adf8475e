// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Scheduling
import Testing
import Traffic

/// Token streams placed by the placement policies of jobs.
@Suite struct TokenPolicyTests {
  /// Sites of a node's kind, of which some could serve so many tokens a second; by site.
  private static func question(
    asked: [[Double]], rooms: [Double?], delays: [[Int64?]], yuan: [Double] = [],
    carbon: [Double] = [], latencies: [Int64?] = [nil]
  ) -> TokenQuestion {
    let services = latencies.enumerated().map { number, bound in
      var service = TokenService(
        name: "s\(number)", share: 1, inputTokens: 1, outputTokens: 1)
      service.latency = bound.map { SimDuration(nanoseconds: $0 * 1_000_000) }
      return service
    }
    // A token of both kinds takes 1 / room of the time.
    let sites = rooms.enumerated().map { number, room in
      TokenSite(
        node: "site\(number)", speed: room.map { TokenSpeed(input: $0, output: $0) })
    }
    return TokenQuestion(
      instant: .zero, step: 0, services: services, sites: sites, asked: asked,
      delays: delays.map { $0.map { $0.map { SimDuration(nanoseconds: $0 * 2_000_000) } } },
      power: yuan.indices.map {
        TokenPower(yuan: yuan[$0], carbon_kg: carbon.isEmpty ? 0 : carbon[$0])
      })
  }

  private func parts(_ serving: TokenServing, _ question: TokenQuestion) -> [[Double]] {
    serving.policy.answer(to: question).parts.map { services in
      services[0].map { ($0 * 1e9).rounded() / 1e9 }
    }
  }

  /// The cheapest site is filled to the last, and then the next: what a sorted list would give.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func theCheapestSitesAreFilledFirst(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "token-policies")
    let count = Int.random(in: 1...6, using: &random)
    let rooms = (0..<count).map { _ in Double.random(in: 10...100, using: &random) }
    let prices = (0..<count).map { _ in Double.random(in: 0.1...1, using: &random) }
    let asked = (0..<3).map { _ in [Double.random(in: 0...80, using: &random)] }
    let question = Self.question(
      asked: asked, rooms: rooms, delays: asked.map { _ in rooms.map { _ in 1 } }, yuan: prices,
      carbon: prices.map { 1 - $0 })
    var rest = asked.reduce(0) { $0 + $1[0] }
    var expected = rooms.map { _ in 0.0 }
    for site in prices.indices.sorted(by: { prices[$0] < prices[$1] }) {
      expected[site] = min(1, rest / rooms[site])
      rest -= expected[site] * rooms[site]
    }
    let uses = question.uses(by: TokenServing.cheapest.policy.answer(to: question))
    for (use, expected) in zip(uses, expected) { #expect(abs(use - expected) < 1e-6) }
    // Where carbon goes the other way the greenest fills them from the other end.
    let green = question.uses(by: TokenServing.greenest.policy.answer(to: question))
    let dearest = prices.indices.max { prices[$0] < prices[$1] } ?? 0
    let all = asked.reduce(0) { $0 + $1[0] }
    #expect(abs(green[dearest] - min(1, all / rooms[dearest])) < 1e-6)
  }

  @Test func aBoundOnTheDelayComesBeforeThePrice() {
    let rooms: [Double?] = [100, 100, 100]
    let question = Self.question(
      asked: [[60]], rooms: rooms, delays: [[5, 9, 30]], yuan: [0.9, 0.5, 0.1], latencies: [10])
    #expect(parts(.cheapestWithinLatency, question) == [[0, 1, 0]])
    #expect(parts(.cheapest, question) == [[0, 1, 0]])
    // East data stays near where it is bound, and goes where power is cheap where it is not.
    #expect(parts(.eastDataWestComputing, question) == [[1, 0, 0]])
    let free = Self.question(
      asked: [[60]], rooms: rooms, delays: [[5, 9, 30]], yuan: [0.9, 0.5, 0.1])
    #expect(parts(.eastDataWestComputing, free) == [[0, 0, 1]])
    // None is within the bound: the nearest with room.
    let far = Self.question(
      asked: [[60]], rooms: [10, 100, 100], delays: [[5, 9, 30]], yuan: [0.9, 0.5, 0.1],
      latencies: [1])
    let answer = parts(.cheapestWithinLatency, far)[0]
    #expect(abs(answer[0] - 1 / 6) < 1e-6 && abs(answer[1] - 5 / 6) < 1e-6 && answer[2] == 0)
  }

  /// Equal shares of the time, to a portion; and turns.
  @Test func loadAndTurnsAreShared() {
    let question = Self.question(
      asked: [[40], [80]], rooms: [200, 100, 100], delays: [[1, 2, 3], [3, 2, 1]])
    let uses = question.uses(by: TokenServing.leastLoaded.policy.answer(to: question))
    for use in uses { #expect(abs(use - 0.3) < 0.06) }
    let turns = TokenServing.roundRobin.policy.answer(to: question)
    for site in 0..<3 {
      let portions = turns.parts.reduce(0) { $0 + $1[0][site] } * 16
      #expect(portions == 11 || portions == 10)
    }
    #expect(parts(.joint, question) == [[1, 0, 0], [0, 0, 1]])
  }

  /// Chance follows from the question, so that a run can be repeated; another hour draws anew.
  @Test(arguments: [TokenServing.random, .powerOfTwoChoices])
  func chanceIsRepeatable(serving: TokenServing) {
    var question = Self.question(
      asked: [[40], [80]], rooms: [200, 200, 200], delays: [[1, 2, 3], [3, 2, 1]])
    let first = serving.policy.answer(to: question)
    #expect(serving.policy.answer(to: question) == first)
    question.instant = SimTime(nanoseconds: 3_600_000_000_000)
    #expect(serving.policy.answer(to: question) != first)
  }
}
