// SPDX-License-Identifier: GPL-3.0-or-later
import Results
import Testing

@Suite struct SummarySpreadTests {
  private func summary(_ metrics: [String]) -> SummaryTable {
    var table = SummaryTable()
    for (place, metric) in metrics.enumerated() { table.add(metric, Double(place + 1), unit: "s") }
    return table
  }

  @Test func aMeanWithPercentilesIsOneRow() {
    let table = summary(["flows", "fct_mean", "fct_p50", "fct_max", "wait_mean", "wait_p50", "end"])
    #expect(table.forPeople.rows.map { $0[0].shown } == ["flows", "end"])
    let spreads = table.spreadsForPeople
    #expect(spreads.headings.map(\.shown) == ["metric", "mean", "p50", "max"])
    #expect(
      spreads.rows.map { $0.map(\.shown) } == [
        ["fct", "2 s", "3 s", "4 s"], ["wait", "5 s", "6 s", "-"],
      ])
  }

  /// A mean and a most without percentiles are two metrics.
  @Test func ofOthersNothingIsChanged() {
    let table = summary(["use_mean", "use_max", "of_class/fct_mean", "of_class/fct_p50"])
    #expect(table.forPeople.rows.map { $0[0].shown } == ["use_mean", "use_max"])
    #expect(table.spreadsForPeople.rows.isEmpty)
  }
}
