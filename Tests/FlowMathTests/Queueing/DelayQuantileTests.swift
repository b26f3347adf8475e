// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing

@testable import FlowMath

/// The delay that 1 % of packets exceed against sums over states, and at its ends.
@Suite struct DelayQuantileTests {
  private static let loads = [0.01, 0.3, 0.7, 0.9, 0.99, 1, 1.01, 1.2, 3, 20]

  private func longDelay(
    _ law: QueueLaw, load: Double, places: Int, arrivals: Double = 1, sizes: Double = 1
  ) -> Double {
    law.longDelay(
      of: QueueLoad(
        offered_bit_s: load, capacity_bit_s: 1, packet_bits: 1, places: Double(places),
        arrivalVariability: arrivals, serviceVariability: sizes))
  }

  /// Where a falling function is 0.01.
  private func bisected(from low: Double, to high: Double, _ tail: (Double) -> Double) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if tail(middle) > 0.01 { low = middle } else { high = middle }
    }
    return high
  }

  /// Erlang's distributions of j + 1 services, weighted with the states that an arrival finds.
  private func exponentialDelay(load: Double, places: Int) -> Double {
    var found = [Double](repeating: 1, count: places)
    for j in 1..<max(2, places) where j < places { found[j] = found[j - 1] * load }
    let all = found.reduce(0, +)
    return bisected(from: 0, to: 40 + 2 * Double(places)) { t in
      var sum = 0.0
      var poisson = exp(-t)
      for i in 0..<places {
        // At most i services are done by t, and i or more others were found.
        sum += poisson * found[i...].reduce(0, +) / all
        poisson *= t / Double(i + 1)
      }
      return sum
    }
  }

  @Test(arguments: loads, [1, 2, 5, 20, 60])
  func exponentialSizesAreTheSumOverStates(load: Double, places: Int) {
    let expected = exponentialDelay(load: load, places: places)
    let found = longDelay(.mm1k, load: load, places: places)
    #expect(abs(found - expected) <= 0.002 * expected, "not \(expected)")
  }

  /// The work that an arrival finds, by its alternating series.
  private func equalDelay(load: Double, places: Int) -> Double {
    func work(_ x: Double) -> Double {
      var sum = 0.0
      for k in 0...Int(x) {
        let rest = load * (x - Double(k))
        var term = exp(rest)
        for i in 1..<(k + 1) { term *= -rest / Double(i) }
        sum += term
      }
      return sum
    }
    let last = Double(places - 1)
    return 1 + bisected(from: 0, to: last) { 1 - work($0) / work(last) }
  }

  @Test(arguments: loads.filter { $0 <= 3 }, [2, 3, 5, 9])
  func equalSizesAreTheSeries(load: Double, places: Int) {
    // A wait of none has a probability: then there is no point at which it is exceeded.
    let expected = load < 0.02 ? 1 : equalDelay(load: load, places: places)
    let found = longDelay(.md1k, load: load, places: places)
    #expect(abs(found - expected) <= 0.02 * expected, "not \(expected)")
  }

  @Test func twoMomentsHaveTheOthersAsEnds() {
    for load in Self.loads {
      for places in [5, 100, 100_000] {
        let exponential = longDelay(.mm1k, load: load, places: places)
        let mixed = longDelay(.twoMoments, load: load, places: places)
        #expect(abs(mixed - exponential) <= 1e-3 * exponential)
        let equal = longDelay(.md1k, load: load, places: places)
        let mixedEqual = longDelay(.twoMoments, load: load, places: places, sizes: 0)
        #expect(abs(mixedEqual - equal) <= 1e-9 * equal)
        let bursty = longDelay(.twoMoments, load: load, places: places, arrivals: 5)
        #expect(bursty >= mixed * (1 - 1e-12))
      }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func anyQueueHasALongDelay(seed: UInt64) {
    var random = TestRandom(state: seed)
    func pick(_ values: [Double]) -> Double { values.randomElement(using: &random) ?? 0 }
    for _ in 0..<100 {
      let load = QueueLoad(
        offered_bit_s: pick([0, 1e-6, 1, 0.999_999_9e9, 1e9, 1e12]),
        capacity_bit_s: pick([1, 1e9, 1e12]), packet_bits: pick([1, 12_000, 1e6]),
        places: pick([1, 2, 3, 30, 1e4, 1e7]), arrivalVariability: pick([0, 1, 50]),
        serviceVariability: pick([0, 0.5, 1, 10]))
      for law in QueueLaw.allCases {
        let found = law.longDelay(of: load)
        let service = load.packet_bits / load.capacity_bit_s
        #expect(found >= service * (1 - 1e-9) && found < .infinity, "\(law) \(load)")
      }
    }
  }

  @Test func columnsAreTheSameAsSingleQueues() {
    var queues = QueueColumns(count: 9)
    queues[8] = QueueLoad(
      offered_bit_s: 8e8, capacity_bit_s: 1e9, packet_bits: 12_000, places: 64,
      arrivalVariability: 2, serviceVariability: 0.5)
    for law in QueueLaw.allCases {
      queues.evaluateLongDelays(law)
      #expect(queues.longDelay(of: 8) == law.longDelay(of: queues[8]))
    }
  }
}
