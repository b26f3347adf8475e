// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What whole runs make of loss: rates, time-outs, and what is refused.
@Suite struct TransportRateTests {
  private func isNear(_ found: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    abs(found / expected - 1) <= tolerance
  }

  /// Equation 32 of Padhye and others for a window without bound, b = 2, as plainly as can be.
  private func padhye(_ p: Double, _ roundTrip: Double, timeout: Double) -> Double {
    let root: Double = 4 * (1 - p) / (3 * p) + 4.0 / 9
    let window = 2.0 / 3 + root.squareRoot()
    let kept = 1 - p
    let burst: Double = 1 + pow(kept, 3) * (1 - pow(kept, window - 3))
    let timeouts = min(1, (1 - pow(kept, 3)) * burst / (1 - pow(kept, window)))
    var row = 1.0
    for doubling in 0..<6 { row += pow(2, Double(doubling)) * pow(p, Double(doubling + 1)) }
    let segments = kept / p + window / 2 + timeouts
    return 8 * 1448 * segments / (roundTrip * (window + 1) + timeouts * row * timeout / kept)
  }

  @Test(arguments: [(1_000_000, "1e-3"), (10_000_000, "1e-4"), (100_000, "0.01")], [0.2, 1, 0.01])
  func aTimeoutIsAKey(path: (roundTrip: Int, loss: String), timeout: Double) throws {
    // 200 MB/s or less: a hundred megabytes and more, so that ends do not matter.
    let line = TransportRun.Line(roundTrip_ns: path.roundTrip, loss: path.loss, bytes: 200_000_000)
    let run = try TransportRun(
      "tcp-reno, sack: false, timeout: \(timeout) s", [line])
    let rate = 8 * 200e6 / (try #require(run.seconds([line]).first))
    let loss = Double(path.loss) ?? .nan
    let roundTrip = Double(path.roundTrip) * 1e-9
    let expected = padhye(loss, roundTrip, timeout: max(timeout, 2 * roundTrip))
    #expect(isNear(rate, expected, 2e-3), "\(rate), not \(expected)")
  }

  /// Means of five seeds of ns-3 3.37, NewReno with SACK and delayed acknowledgements, least time-out 200 ms, on 1 Gbit/s,
  /// with the standard error of the mean.
  @Test(arguments: [
    (100_000, "1e-4", 962.08e6, 0.14e6), (100_000, "1e-3", 959.95e6, 0.52e6),
    (1_000_000, "1e-4", 828.20e6, 37.62e6), (1_000_000, "1e-3", 311.55e6, 9.15e6),
    (10_000_000, "1e-4", 110.22e6, 10.88e6), (10_000_000, "1e-3", 31.59e6, 0.83e6),
    (50_000_000, "1e-4", 22.76e6, 2.23e6), (50_000_000, "1e-3", 6.40e6, 0.28e6),
  ])
  func renoIsNearThatOfPackets(roundTrip: Int, loss: String, rate: Double, error: Double) throws {
    let line = TransportRun.Line(
      capacity: "964 Mbps", roundTrip_ns: roundTrip, loss: loss, bytes: 1_000_000_000)
    let found = 8e9 / (try #require(TransportRun("tcp-reno", [line]).seconds([line]).first))
    #expect(abs(found - rate) < 0.05 * rate + 3 * error, "\(found), not \(rate)")
  }

  private static let roundTrips = [10_000, 100_000, 1_000_000, 10_000_000, 50_000_000, 300_000_000]
  private static let losses = [
    "1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "3e-3", "0.01", "0.03", "0.1", "0.2", "0.3",
  ]

  private func rates(_ transport: String) throws -> [[Double]] {
    let lines = TransportRateTests.roundTrips.flatMap { roundTrip in
      TransportRateTests.losses.map {
        TransportRun.Line(roundTrip_ns: roundTrip, loss: $0, bytes: 100_000_000_000_000_000)
      }
    }
    let run = try TransportRun(transport, lines, duration: "20 s")
    let all = try run.rates(lines, over: 20)
    let count = TransportRateTests.losses.count
    return stride(from: 0, to: all.count, by: count).map { Array(all[$0..<$0 + count]) }
  }

  @Test(arguments: ["true", "false"], [512, 1448, 8948])
  func moreLossOrDistanceNeverGivesMoreAndCubicNeverLessThanReno(
    sack: String, packet: Int
  ) throws {
    let reno = try rates("tcp-reno, sack: \(sack), packet: \(packet) B")
    let cubic = try rates("tcp-cubic, sack: \(sack), packet: \(packet) B")
    let bbr = try rates("bbr, packet: \(packet) B")
    for all in [reno, cubic, bbr] {
      for (row, next) in zip(all, all.dropFirst()) {
        for (near, far) in zip(row, next) { #expect(far <= near * (1 + 1e-9)) }
      }
      for row in all {
        for (less, more) in zip(row, row.dropFirst()) { #expect(more <= less * (1 + 1e-9)) }
        #expect(row.allSatisfy { $0 > 0 })
      }
    }
    for (row, other) in zip(reno, cubic) {
      for (slow, fast) in zip(row, other) { #expect(fast >= slow * (1 - 1e-9)) }
    }
    // 50 ms and 1e-3: the region of RFC 9438, 4.3, where both are one.
    #expect(cubic[4][4] == reno[4][4])
    // And 300 ms and 1e-5, where CUBIC's own growth is several times as fast.
    #expect(cubic[5][2] > 4 * reno[5][2])
  }

  @Test(arguments: [
    (
      "ideal, timeout: 1 s", 3, 38,
      "found a timeout with transport: ideal, which has none; expected one of tcp-reno"
    ),
    ("lossless-credit, timeout: 1 s", 3, 48, "found a timeout with transport: lossless-credit"),
    ("tcp-reno, timeout: 61 s", 3, 41, "found 61.0 s, expected a time-out from 1 us to 60 s"),
    ("tcp-reno, timeout: 1 ns", 3, 41, "expected a time-out from 1 us to 60 s"),
    ("tcp-reno, timeout: 0 s", 3, 41, "expected more than zero"),
    (
      "bbr, sack: true", 3, 33,
      "found sack with transport: bbr, expected it with tcp-reno or tcp-cubic"
    ),
  ])
  func aKeyThatDoesNothingIsRefused(
    terms: String, line: Int, column: Int, error: String
  ) throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: refused
      network: {links: [{name: l, capacity: 1 Gbps}]}
      classes: [{name: c, transport: \(terms)}]
      traffic: [{class: c, flows: [{flow: f, path: [l], size: 1 GB}]}]
      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code == 2 && outcome.errors.contains(error), "\(outcome.errors)")
    #expect(outcome.errors.contains("s.yaml:\(line):"), "\(outcome.errors)")
  }

  /// What a window lets through is its part of a round trip, in collectives on a fabric too.
  @Test func aWindowHoldsACollective() throws {
    let times = try [4, 8, 1000].map { window in
      let workspace = try Workspace()
      try workspace.write(
        """
        scenario: collective
        network: {fabrics: [{name: f, hosts: 4, nic: 100 Gbps, nics_per_leaf: 16}]}
        classes: [{name: c, transport: rocev2-selective-repeat, window: \(window) kB, packet: 1 kB}]
        traffic:
          - class: c
            training: {name: j, fabric: f, iterations: 3, collective: {kind: all-reduce, gpus: 32, size: 1 GB}}
        outputs: [summary]
        """, to: "s.yaml")
      let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
      #expect(outcome.code == 0, "\(outcome.errors)")
      let row = try workspace.rows(of: "out/summary.csv").first { $0["metric"] == "iteration_mean" }
      return Double(row?["value"] ?? "") ?? .nan
    }
    #expect(isNear(times[0] / times[1], 2, 1e-3), "\(times)")
    #expect(times[2] < times[1] / 2)
  }
}
