// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Queues of whole runs at loads below, at and above 1: from the scenario file to the tables.
@Suite struct QueueRunTests {
  private static let loads = [
    0.05, 0.3, 0.5, 0.8, 0.95, 1 - 1e-3, 1 - 1e-6, 1, 1 + 1e-6, 1 + 1e-3, 1.05, 1.1, 1.3, 1.5, 4,
    100,
  ]

  /// What a run says is what the chain of states says, of the link and of the demand.
  @Test(arguments: ["ahead", "beside"], [0.0, 1])
  func lossAndDelayAreThoseOfTheChain(takes: String, sizes: Double) throws {
    let ports = [1, 2, 3, 10, 23, 24, 50, 120].flatMap { places in
      Self.loads.map { QueueBench.Port(load: $0, places: places, sizes: sizes, takes: takes) }
    }
    for (port, found) in zip(ports, try QueueBench.answers(ports)) {
      // Far above a load of 1 the weights of the chain at departures are beyond all numbers.
      guard sizes == 1 || port.load * Double(port.places) < 300 else { continue }
      let chain = sizes == 1 ? QueueChains.mm1k : QueueChains.md1k
      let expected = chain(port.load, port.places)
      #expect(abs(found.loss - expected.loss) <= 1e-9 * expected.loss + 1e-13, "\(port)")
      #expect(abs(found.demandLoss - expected.loss) <= 1e-9 * expected.loss + 1e-13, "\(port)")
      #expect(abs(found.delay - expected.delay) <= 1e-9 * expected.delay, "\(port)")
      #expect(abs(found.demandDelay - expected.delay) <= 1e-9 * expected.delay, "\(port)")
      #expect(abs(found.carried - port.load * (1 - expected.loss)) <= 1e-9, "\(port)")
      #expect(abs(found.demandLong - found.long) <= 1e-9 * found.long && found.long >= 1)
    }
  }

  /// Rows of ns-3 3.37: a point-to-point device with a drop-tail queue (Benchmarks/peers/queues).
  @Test func lossAndDelayAreThoseOfNs3() throws {
    let rows = QueueRunData.ns3
    let ports = rows.map { row in
      QueueBench.Port(load: row.load, places: row.places, sizes: Double(row.sizes))
    }
    for (row, found) in zip(rows, try QueueBench.answers(ports)) {
      #expect(abs(found.loss - row.loss) <= 4 * row.lossError + 1e-5, "\(row), not \(found)")
      #expect(abs(found.delay - row.delay) <= 4 * row.delayError + 1e-3, "\(row), not \(found)")
    }
  }

  /// Each port is what it would be in a scenario of its own, whatever there is beside it.
  @Test func portsOfDifferentSizesAreAnsweredByTheirOwnLaws() throws {
    let ports = [1, 2, 10, 50].flatMap { places in
      [0.5, 1, 1.2].flatMap { load in
        [0.0, 1].map { QueueBench.Port(load: load, places: places, sizes: $0) }
      }
    }
    for (port, found) in zip(ports, try QueueBench.answers(ports)) {
      let expected = (port.sizes == 1 ? QueueChains.mm1k : QueueChains.md1k)(port.load, port.places)
      #expect(abs(found.loss - expected.loss) <= 1e-7 * expected.loss + 1e-13, "\(port)")
      #expect(abs(found.delay - expected.delay) <= 1e-7 * expected.delay, "\(port)")
    }
  }

  // MARK: - Random ports

  /// Loss and delay never fall when load grows, and lead through a load of 1 without a step.
  @Test(arguments: 0..<24) func lossAndDelayRiseWithLoad(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var port = QueueBench.Port(
      load: 0, places: Int(exp(Double.random(in: 0...8, using: &random))),
      takes: seed % 3 == 2 ? "beside" : "ahead",
      more: Bool.random(using: &random) ? ", signal: mark, mark_at: 30 %" : "")
    // Sizes and gaps as exact laws have them, and others.
    port.sizes = [1, 0, .random(in: 0...1, using: &random)][seed % 3]
    if seed % 4 == 3 { port.gaps = .random(in: 0...3, using: &random) }
    let isExact = port.gaps == 1 && (port.sizes == 0 || port.sizes == 1)
    let beside = [1 - 1e-9, 1, 1 + 1e-9]
    let loads = ((0..<60).map { _ in Double.random(in: 0.05...3, using: &random) } + beside)
      .sorted()
    let ports = loads.map { load in
      var one = port
      one.load = load
      return one
    }
    let found = try QueueBench.answers(ports)
    let tolerance = isExact ? 1e-10 : 1e-4
    for (one, next) in zip(found, found.dropFirst()) {
      #expect(next.loss >= one.loss - 1e-15 && next.demandLoss >= one.demandLoss - 1e-15)
      #expect(next.delay >= one.delay * (1 - tolerance))
      #expect(next.long >= one.long * (1 - 2e-3) && one.long > 0)
    }
    for (load, answer) in zip(loads, found) {
      #expect(answer.loss >= 1 - 1 / load - 1e-12 && answer.carried <= 1)
      guard abs(load - 1) < 1e-6, isExact, port.places < 200 else { continue }
      let chain = (port.sizes == 1 ? QueueChains.mm1k : QueueChains.md1k)(load, port.places)
      #expect(abs(answer.loss - chain.loss) <= 1e-9)
      #expect(abs(answer.delay / chain.delay - 1) <= 1e-9)
    }
    // Over 2e-9 of load no law loses more than that, or makes the wait longer than by its places.
    let middle = try #require(loads.firstIndex(of: 1))
    #expect(found[middle + 1].loss - found[middle - 1].loss <= 4e-9)
    #expect(found[middle + 1].delay / found[middle - 1].delay - 1 <= 4e-9 * Double(port.places + 1))
  }
}

/// Random numbers that are the same each time (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
