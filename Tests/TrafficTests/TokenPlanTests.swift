// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Traffic

/// Where tokens are served: sums, rooms, and that nobody is sent past room that was nearer.
@Suite struct TokenPlanTests {
  private func traffic(
    total: Double = 1000, weights: [Double] = [1, 2, 3],
    capacities: [Double] = [300, 400, .infinity], speeds: [TokenSpeed?]? = nil,
    delays: [[Int64]] = [[1, 2, 3], [2, 1, 3], [3, 1, 2]], services: [TokenService]? = nil,
    serving: TokenServing = .nearest, start: SimTime = .zero, stop: SimTime = .distantFuture,
    sample: Double = 0
  ) -> TokenTraffic {
    TokenTraffic(
      name: "t", tokensPerSecond: total,
      services: services ?? TokenService.builtIn(),
      sources: weights.indices.map { source in
        TokenSource(
          node: "p\(source)", weight: weights[source],
          ways: delays[source].map { [way(milliseconds: $0)] })
      },
      sites: capacities.indices.map {
        TokenSite(node: "s\($0)", speed: speeds?[$0] ?? speed(capacities[$0]))
      },
      serving: serving, start: start, stop: stop, sample: sample)
  }

  private func way(milliseconds: Int64) -> TokenWay {
    TokenWay(to: "s", up: 0, down: 1, delay: SimDuration(nanoseconds: milliseconds * 1_000_000))
  }

  /// One that takes tokens in as fast as it gives them out, so that any mix takes the same time.
  private func speed(_ tokensPerSecond: Double) -> TokenSpeed? {
    tokensPerSecond < .infinity
      ? TokenSpeed(input: tokensPerSecond, output: tokensPerSecond) : nil
  }

  private static let day = 86_400.0

  @Test(arguments: TokenServing.allCases)
  func aDayIsTheTotal(serving: TokenServing) {
    let plan = TokenPlan(
      traffic(total: 140e12 / Self.day, capacities: [3e8, 4e8, 5e8], serving: serving))
    let seconds = plan.seconds(until: SimTime(nanoseconds: 86_400_000_000_000))
    func sum(_ rates: [Double]) -> Double { zip(rates, seconds).reduce(0) { $0 + $1.0 * $1.1 } }
    let served = plan.streams.reduce(0) { $0 + sum($1.rates) }
    let refused = plan.refused.joined().reduce(0) { $0 + sum($1) }
    #expect(abs(served + refused - 140e12) < 1)
    // 1.2e9 tokens a second are served at most; the mean that is asked for is 1.6e9.
    #expect(refused > 30e12 && served > 80e12)
  }

  @Test func noSiteServesMoreThanItCan() {
    let plan = TokenPlan(traffic(total: 2000, capacities: [300, 400, 500]))
    for step in 0..<plan.steps {
      for site in 0..<3 {
        let load = plan.streams.filter { $0.site == site }.reduce(0) { $0 + $1.rates[step] }
        #expect(load <= [300, 400, 500][site] * (1 + 1e-12))
      }
    }
  }

  /// Sites of unlike machines: the time that each has is kept, whatever the services' mix.
  @Test(arguments: TokenServing.allCases)
  func noSiteIsBusyForMoreThanItsTime(serving: TokenServing) {
    let speeds = [
      TokenSpeed(input: 9000, output: 400), TokenSpeed(input: 2000, output: 3000),
      TokenSpeed.nodes(0.01),
    ]
    let plan = TokenPlan(traffic(total: 6000, speeds: speeds, serving: serving))
    for step in 0..<plan.steps {
      for (site, speed) in speeds.enumerated() {
        var time = 0.0
        for stream in plan.streams where stream.site == site {
          let service = plan.traffic.services[stream.service]
          let part = stream.rates[step] / (service.inputTokens + service.outputTokens)
          time +=
            part * (service.inputTokens / speed.input + service.outputTokens / speed.output)
        }
        #expect(abs(time - plan.uses[site][step]) < 1e-9)
        #expect(time < 1 + 1e-9)
      }
    }
    #expect(plan.uses.joined().contains { $0 > 1 - 1e-9 })
    #expect(plan.refused.joined().joined().contains { $0 > 0 })
  }

  /// Random worlds: conservation, and nobody goes further than to the first site with room left.
  @Test(arguments: 0..<50 as Range<UInt64>)
  func nobodyIsSentPastRoom(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "places")
    let sources = Int.random(in: 1...8, using: &random)
    let sites = Int.random(in: 1...6, using: &random)
    let needs = (0..<sources).map { _ in
      let asked = Double.random(in: 0...100, using: &random).rounded()
      return (0..<sites).map { _ in asked / Double.random(in: 10...250, using: &random) }
    }
    let preferences = (0..<sources).map { _ in Array(0..<sites).shuffled(using: &random) }
    let placed = TokenPlacement.nearest(needs: needs, preferences: preferences, sites: sites)
    let uses = (0..<sites).map { site in
      needs.indices.reduce(0) { $0 + needs[$1][site] * placed.shares[$1][site] }
    }
    for source in needs.indices where needs[source][0] > 0 {
      let sum = placed.shares[source].reduce(placed.refused[source], +)
      #expect(abs(sum - 1) < 1e-12)
      var mustBeFull = false
      for site in preferences[source].reversed() {
        if mustBeFull { #expect(uses[site] > 1 - 1e-9) }
        mustBeFull = mustBeFull || placed.shares[source][site] > 1e-12
      }
      if placed.refused[source] > 1e-12 {
        for site in 0..<sites { #expect(uses[site] > 1 - 1e-9) }
      }
    }
    for site in 0..<sites { #expect(uses[site] <= 1 + 1e-9) }
  }

  @Test func thoseWhoWantTheSameRoomShareIt() {
    let placed = TokenPlacement.nearest(
      needs: [[0.5, 1], [1.5, 3]], preferences: [[0, 1], [0, 1]], sites: 2)
    #expect(placed.shares == [[0.5, 0.25], [0.5, 0.25]])
    #expect(placed.refused == [0.25, 0.25])
  }

  /// A site that is just filled refuses nothing, not even what rounding would make.
  @Test func whatJustFitsIsServed() {
    let placed = TokenPlacement.nearest(
      needs: [[0.1], [0.2], [0.7000000000000001]], preferences: [[0], [0], [0]], sites: 1)
    #expect(placed.refused == [0, 0, 0])
  }

  /// Sites with a limit keep to it beside one without, which takes the rest.
  @Test func spreadKeepsLimitsBesideASiteWithoutOne() {
    let placed = TokenPlacement.spread(
      needs: [[4, 0, 0.5], [6, 0, 0.5]], isLimited: [true, false, true])
    let expected = [0.1, 0.9 - 1.0 / 3, 1.0 / 3]
    for shares in placed.shares {
      for (found, expected) in zip(shares, expected) { #expect(abs(found - expected) < 1e-12) }
    }
    #expect(placed.refused == [0, 0])
  }

  @Test func theDayHasItsCurve() throws {
    let chat = try #require(TokenService.builtIn().first { $0.name == "chat" })
    let plan = TokenPlan(traffic(total: 100, capacities: [.infinity, 1, 1], services: [chat]))
    let rates = (0..<24).map { step in plan.streams.reduce(0) { $0 + $1.rates[step] } }
    #expect(abs(rates.reduce(0, +) / 24 - 100) < 1e-9)
    #expect(rates.max() == rates[21] && rates.min() == rates[4])
  }

  @Test func timeIsCountedByTheStepOfTheDay() {
    let start = SimTime(nanoseconds: 90 * 60_000_000_000)
    let flat = TokenService(name: "a", share: 1, inputTokens: 1, outputTokens: 1, daily: [1, 1])
    let plan = TokenPlan(traffic(services: [flat], start: start))
    let seconds = plan.seconds(until: SimTime(nanoseconds: 3 * 86_400_000_000_000))
    // Three days without the first hour and a half.
    let expected: [Double] = [124_200, 129_600]
    #expect(seconds == expected)
    #expect(plan.seconds(until: start) == [0, 0])
  }

  @Test func builtInServicesHaveFigures() {
    let services = TokenService.builtIn()
    #expect(services.map(\.name) == ["chat", "code", "agent", "image", "video"])
    #expect(abs(services.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    for service in services {
      #expect(service.daily.count == 24 && service.bitsUpPerToken > 0)
    }
  }

  // MARK: - Samples

  @Test func samplesFollowTheDay() throws {
    let flat = TokenService(
      name: "a", share: 1, inputTokens: 6, outputTokens: 4, daily: [3, 1])
    let plan = TokenPlan(
      traffic(total: 1e7, capacities: [.infinity, 1, 1], services: [flat], sample: 1e-6))
    // 1e7 tokens a second in requests of 10, of which one in 1e6: 1 a second.
    var sampler = TokenSampler(plan, seed: 3)
    var counts = [0.0, 0.0]
    var input = 0.0
    while let instant = sampler.nextInstant(before: SimTime(nanoseconds: 86_400_000_000_000)) {
      counts[instant.nanoseconds < 43_200_000_000_000 ? 0 : 1] += 1
      input += sampler.nextRequest().inputTokens
    }
    for (count, expected) in zip(counts, [1.5 * 43_200, 0.5 * 43_200]) {
      #expect(abs(count - expected) < 5 * expected.squareRoot())
    }
    // At least one token, and whole: a little above the mean.
    let mean = input / (counts[0] + counts[1])
    #expect(abs(mean - 6) < 0.1)
  }

  @Test func nothingIsSampledWithoutAPart() {
    var sampler = TokenSampler(TokenPlan(traffic()), seed: 1)
    #expect(sampler.nextInstant(before: .distantFuture) == nil)
  }
}
