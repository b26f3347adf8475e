// SPDX-License-Identifier: GPL-3.0-or-later
import Results
import Testing
import Text

@Suite struct SummaryTableTests {
  private let table = {
    var table = SummaryTable()
    table.add("flows", 1_000_000)
    table.add("completion_mean", 0.125, unit: "s")
    table.add("completion_p99", .nan, unit: "s")
    return table
  }()

  @Test func rowsKeepTheirOrder() throws {
    let written = try csv(columns: 3) { try table.write(to: &$0) }
    #expect(written == "flows,1000000,\ncompletion_mean,0.125,s\ncompletion_p99,,s\n")
  }

  @Test func nothingMeasuredIsNullInJSON() {
    #expect(table.json.prettyText.contains("\"value\": null"))
  }
}
