// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Studies

/// The study of wavelength assignment that comes with the program, beside what other programs found.
@Suite struct NSFNETStudyTests {
  /// XLRON 158ef03 with its own path table, 16 channels, five paths, first fit, 2,024,000 requests:
  /// blocking and the half-width of its 95 % interval (Tests/GoldenTests/Data/rwa/blocking.csv).
  private static let golden = [
    (load: "50", blocking: 0.0033754929900169373, half: 0.0001222281053768465),
    (load: "80", blocking: 0.037266314029693604, half: 0.000530257928588517),
  ]

  @Test func firstFitBlocksAsXLRONFinds() throws {
    let bench = try Bench()
    let scenario = URL(filePath: #filePath).appending(path: "../../../Scenarios/nsfnet.yaml")
      .standardizedFileURL.path
    _ = try bench.sweep(
      """
      study: nsfnet
      scenario: \(scenario)
      seeds: 4
      set: {outputs: [summary]}
      axes:
        - {name: load, path: 'light.requests[lightpaths].generate.arrivals.erlang', values: [50, 80]}
      metrics: [blocking]
      """)
    let rows = try bench.rows("out/summary.csv")
    #expect(rows.count == 2)
    for (row, golden) in zip(rows, Self.golden) {
      #expect(row["load"] == golden.load && row["n"] == "4")
      let mean = try #require(Double(row["mean"] ?? ""))
      let deviation = try #require(Double(row["deviation"] ?? ""))
      // The interval of four runs is wide; its normal half-width is what the golden's is.
      let half = 1.96 * deviation / 2
      #expect(
        abs(mean - golden.blocking) <= 3 * (half * half + golden.half * golden.half).squareRoot()
          / 1.96 + 0.0005, "\(row)")
      #expect(abs(mean - golden.blocking) < 0.25 * golden.blocking, "\(row)")
    }
  }
}
