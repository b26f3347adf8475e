// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Traffic

/// What is asked for at which hour, and the single requests that are drawn out of it.
@Suite struct TokenDayTests {
  private func traffic(
    total: Double = 1000, weights: [Double] = [1, 2, 3], services: [TokenService]? = nil,
    start: SimTime = .zero, stop: SimTime = .distantFuture, sample: Double = 0
  ) -> TokenTraffic {
    TokenTraffic(
      name: "t", tokensPerSecond: total, services: services ?? TokenService.builtIn(),
      sources: weights.indices.map {
        TokenSource(
          node: "p\($0)", weight: weights[$0], routes: [[RoutePair(to: "s", up: 0, down: 1)]])
      },
      sites: [TokenSite(node: "s")], start: start, stop: stop, sample: sample)
  }

  private static let day = 86_400.0

  @Test func aDayIsTheTotal() {
    let traffic = traffic(total: 140e12 / Self.day)
    let seconds = Self.day / Double(traffic.steps)
    let sum = (0..<traffic.steps).reduce(0.0) { sum, step in
      sum + traffic.asked(inStep: step).joined().reduce(0, +) * seconds
    }
    #expect(abs(sum - 140e12) < 1)
  }

  @Test func placesAskByTheirWeight() {
    let asked = traffic().asked(inStep: 7).map { $0.reduce(0, +) }
    #expect(abs(asked[1] - 2 * asked[0]) < 1e-9 && abs(asked[2] - 3 * asked[0]) < 1e-9)
  }

  @Test func theDayHasItsCurve() throws {
    let chat = try #require(TokenService.builtIn().first { $0.name == "chat" })
    let traffic = traffic(total: 100, services: [chat])
    let rates = (0..<24).map { step -> Double in
      traffic.asked(inStep: step).joined().reduce(0, +)
    }
    #expect(abs(rates.reduce(0, +) / 24 - 100) < 1e-9)
    #expect(rates.max() == rates[21] && rates.min() == rates[4])
  }

  /// A day of 2 steps and one of 3 have 6 in common.
  @Test func stepsAreThoseOfAllServices() {
    let services = [[1.0, 2], [1, 2, 3], []].map {
      TokenService(name: "a", share: 1, inputTokens: 1, outputTokens: 1, daily: $0)
    }
    let traffic = traffic(services: services, stop: SimTime(nanoseconds: 15 * 3_600_000_000_000))
    #expect(traffic.steps == 6)
    let now = SimTime(nanoseconds: 13 * 3_600_000_000_000)
    #expect(traffic.step(at: now) == 3)
    #expect(traffic.end(ofStepAt: now) == traffic.stop)
    #expect(traffic.end(ofStepAt: .zero) == SimTime(nanoseconds: 4 * 3_600_000_000_000))
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
    let traffic = traffic(total: 1e7, services: [flat], sample: 1e-6)
    // 1e7 tokens a second in requests of 10, of which one in 1e6: 1 a second.
    var sampler = TokenSampler(traffic, seed: 3)
    var counts = [0.0, 0.0]
    var sources = [0.0, 0, 0]
    var input = 0.0
    while let instant = sampler.nextInstant(before: SimTime(nanoseconds: 86_400_000_000_000)) {
      counts[instant.nanoseconds < 43_200_000_000_000 ? 0 : 1] += 1
      let request = sampler.nextRequest()
      sources[request.source] += 1
      input += request.inputTokens
    }
    for (count, expected) in zip(counts, [1.5 * 43_200, 0.5 * 43_200]) {
      #expect(abs(count - expected) < 5 * expected.squareRoot())
    }
    for (count, expected) in zip(sources, [14_400.0, 28_800, 43_200]) {
      #expect(abs(count - expected) < 5 * expected.squareRoot())
    }
    // At least one token, and whole: a little above the mean.
    let mean = input / (counts[0] + counts[1])
    #expect(abs(mean - 6) < 0.1)
  }

  @Test func nothingIsSampledWithoutAPart() {
    var sampler = TokenSampler(traffic(), seed: 1)
    #expect(sampler.nextInstant(before: .distantFuture) == nil)
  }
}
