// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// TCP's rates against independent evaluation and packet simulation.
@Suite struct PFTKTests {
  static let extremes: [RenoPath] = [1e-9, 1e-3, 10].flatMap { roundTrip in
    [1.0, 3, 1e4, .infinity].map {
      RenoPath(roundTrip_s: roundTrip, segment_bits: 12_000, maxWindow: $0)
    }
  }

  private func isClose(_ found: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    abs(found - expected) <= tolerance * abs(expected)
  }

  @Test(arguments: TransportData.pftk)
  func ratesAreTheFormulaEvaluatedElsewhere(row: [Double]) {
    let path = RenoPath(
      roundTrip_s: row[1], segment_bits: 1, timeout_s: row[3], segmentsPerAck: row[2],
      maxWindow: row[4])
    let ceiling = row[4] / row[1]
    #expect(isClose(pftkGoodput(loss: row[0], over: path), min(row[6], ceiling), 1e-12))
  }

  @Test(arguments: TransportData.newReno)
  func newRenoIsNearThatOfNs3(row: [Double]) {
    let path = RenoPath(roundTrip_s: 0.01, segment_bits: 8 * 1448)
    #expect(isClose(pftkGoodput(loss: row[0], over: path), row[1], 0.25))
  }

  @Test(arguments: extremes)
  func moreLossNeverGivesMore(path: RenoPath) {
    var before = (Double.infinity, Double.infinity)
    for exponent in stride(from: -70.0, to: -0.001, by: 0.17) {
      let loss = vectorExp(Octet(exponent))[0]
      let rates = (pftkGoodput(loss: loss, over: path), cubicGoodput(loss: loss, over: path))
      #expect(rates.0 <= before.0 * (1 + 1e-12) && rates.1 <= before.1 * (1 + 1e-12), "\(loss)")
      before = rates
    }
  }

  @Test(arguments: extremes)
  func endsAreThoseOfTheWindowAndOfNothing(path: RenoPath) {
    let ceiling = path.segment_bits * path.maxWindow / path.roundTrip_s
    if path.maxWindow < .infinity {
      #expect(isClose(pftkGoodput(loss: 0, over: path), ceiling, 1e-12))
    }
    #expect(pftkGoodput(loss: 1, over: path) == 0 && cubicGoodput(loss: 1, over: path) == 0)
  }

  /// RFC 9438, table 1: windows at a round trip of 0.1 s, C = 0.4, where they are not Reno's.
  @Test(arguments: [
    (1e-4, 187.0), (1e-5, 1054), (1e-6, 5926), (1e-7, 33_325),
    (1e-8, 187_400),
  ])
  func cubicWindowsAreThoseOfTheStandard(loss: Double, window: Double) {
    let path = RenoPathOctet(RenoPath(roundTrip_s: 0.1, segment_bits: 1))
    #expect(abs(path.cubicWindow(loss: Octet(loss))[0] - window) < 1)
  }

  /// Where CUBIC's own window is the lesser, it is Reno, acknowledgement by acknowledgement.
  @Test(arguments: extremes)
  func cubicIsNeverSlowerThanReno(path: RenoPath) {
    for sack in [true, false] {
      var path = path
      path.sack = sack
      for exponent in stride(from: -65.0, to: -0.001, by: 0.9) {
        let loss = vectorExp(Octet(exponent))[0]
        let reno = pftkGoodput(loss: loss, over: path)
        #expect(cubicGoodput(loss: loss, over: path) >= reno)
      }
    }
  }
}
