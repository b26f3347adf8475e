// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Statistics
import Testing
import Traffic

@Suite struct GeneratorStateTests {
  @Test func regularFlowsFillTheirSecond() {
    // Ten a second from 2 s on, before 3 s: 2.0, 2.1, ... 2.9.
    let flows = flows(
      of: generator(
        .deterministic(perSecond: 10), start: second(2), stop: second(3)))
    #expect(flows.map(\.start.nanoseconds) == (20..<30).map { $0 * 100_000_000 })
    #expect(flows.map(\.number) == Array(1...10))
  }

  @Test func theCountEndsIt() {
    var state = GeneratorState(generator(.poisson(perSecond: 1), count: 3), seed: 1)
    let drawn = (0..<5).map { _ in state.next()?.number }
    #expect(drawn == [1, 2, 3, nil, nil])
    #expect(state.flowName(3) == "g-3")
    #expect(flows(of: generator(.poisson(perSecond: 1), count: 0)).isEmpty)
  }

  @Test func noFlowStartsAtTheStop() {
    #expect(flows(of: generator(.deterministic(perSecond: 1), stop: .zero)).isEmpty)
    let flows = flows(of: generator(.poisson(perSecond: 1000), start: second(1), stop: second(2)))
    #expect(flows.allSatisfy { $0.start >= second(1) && $0.start < second(2) })
    #expect(!flows.isEmpty)
  }

  @Test(
    arguments: [
      (.poisson(perSecond: 1000), 1), (.bursty(perSecond: 1000, variation: 3), 3),
      (.bursty(perSecond: 1000, variation: 0.5), 0.5), (.deterministic(perSecond: 1000), 0),
    ] as [(ArrivalProcess, Double)])
  func gapsHaveTheirMeanAndVariation(arrivals: ArrivalProcess, variation: Double) {
    let count = 200_000
    let starts = flows(of: generator(arrivals, count: count)).map(\.start.seconds)
    let gaps = zip(starts.dropFirst(), starts).map { $0 - $1 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let square = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
    // Five standard errors of the mean are 5 * cv / sqrt(200 000) of it, 0.0112 * cv.
    #expect(abs(mean * 1000 - 1) <= 0.0112 * variation + 1e-6)
    // A gamma's sample cv scatters by cv * sqrt((2 + 10 cv^2) / 4n) at most: five of them for
    // cv = 3 are 5 * 3 * sqrt(92 / 800 000), 0.16; the seed is fixed, so the test can't flicker.
    let error = 5 * variation * ((2 + 10 * variation * variation) / Double(4 * count)).squareRoot()
    #expect(abs(square.squareRoot() / mean - variation) <= error + 1e-5)
  }

  @Test func otherSizesLeaveArrivalsAndRoutesAsTheyWere() {
    let exponential = flows(of: generator(.poisson(perSecond: 10), count: 1000))
    let pareto = flows(
      of: generator(
        .poisson(perSecond: 10), count: 1000,
        sizes: .boundedPareto(alpha: 1.1, minimum: 1e3, maximum: 1e9)))
    #expect(exponential.map(\.start) == pareto.map(\.start))
    #expect(exponential.map(\.route) == pareto.map(\.route))
    #expect(exponential.map(\.bytes) != pareto.map(\.bytes))
  }

  @Test func seedAndNameTellStreamsApart() {
    let one = generator(.poisson(perSecond: 10), count: 10)
    var other = one
    other.name = "h"
    #expect(flows(of: one) == flows(of: one))
    #expect(flows(of: one).map(\.start) != flows(of: other).map(\.start))
    #expect(flows(of: one).map(\.start) != flows(of: one, seed: 2).map(\.start))
  }

  @Test func routesShareByWeight() {
    let flows = flows(of: generator(.poisson(perSecond: 10), count: 40_000))
    // Weights 1 and 3: a quarter takes route 4. Five standard errors of a share of a quarter are
    // 5 * sqrt(0.25 * 0.75 / 40 000) = 0.0108.
    let share = Double(flows.filter { $0.route == 4 }.count) / 40_000
    #expect(abs(share - 0.25) < 0.0108)
    #expect(Set(flows.map(\.route)) == [4, 9])
  }

  @Test func sizesAreWholeBytesAndAtLeastOne() {
    let flows = flows(
      of: generator(.poisson(perSecond: 10), count: 1000, sizes: .exponential(mean: 2)))
    #expect(flows.allSatisfy { $0.bytes >= 1 && $0.bytes == $0.bytes.rounded() })
    #expect(flows.contains { $0.bytes == 1 } && flows.contains { $0.bytes > 4 })
  }

  private func generator(
    _ arrivals: ArrivalProcess, start: SimTime = .zero, stop: SimTime = .distantFuture,
    count: Int? = nil, sizes: Distribution = .exponential(mean: 1e6)
  ) -> Generator {
    Generator(
      name: "g", trafficClass: 0, arrivals: arrivals, sizes: sizes,
      routes: [.init(route: 4, weight: 1), .init(route: 9, weight: 3)], start: start, stop: stop,
      count: count)
  }

  private func flows(of generator: Generator, seed: UInt64 = 1) -> [GeneratedFlow] {
    var state = GeneratorState(generator, seed: seed)
    var flows: [GeneratedFlow] = []
    while let flow = state.next() { flows.append(flow) }
    return flows
  }

  private func second(_ number: Int64) -> SimTime {
    SimTime(nanoseconds: number * 1_000_000_000)
  }
}
