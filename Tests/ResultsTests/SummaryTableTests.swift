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

  @Test func peopleAreShownWhatIsWorthReading() {
    var table = table
    table.add("flows_broken", 0, showing: .unlessZero)
    table.add("flows_moved", 2, showing: .unlessZero)
    table.add("jobs_told_elsewhere", 3, showing: .never)
    table.add("a-class/flows", 4)
    table.add("bytes", 2e6, unit: "B")
    let rows = table.forPeople.rows.map { $0.map(\.shown) }
    #expect(
      rows == [
        ["flows", "1,000,000"], ["completion_mean", "125 ms"], ["flows_moved", "2"],
        ["bytes", "2 MB"],
      ])
    #expect(table.listing.rows.count == table.rows.count)
  }
}
