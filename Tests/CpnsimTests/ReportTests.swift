// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ReportTests {
  private func ring() throws -> Workspace {
    let workspace = try Ring.workspace()
    #expect(try workspace.cpnsim("run", "ring.yaml", "--out", "out").code == 0)
    return workspace
  }

  @Test func aPageIsOneFile() throws {
    let workspace = try ring()
    let before = workspace.names
    let outcome = try workspace.cpnsim("report", "out", "--out", "page.html")
    #expect(outcome.code == 0 && outcome.errors == "Wrote page.html\n")
    #expect(workspace.names == (before + ["page.html"]).sorted())
    #expect(try workspace.text(of: "page.html").hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    // The same folder gives the same bytes.
    #expect(try workspace.cpnsim("report", "out", "--out", "again.html", "--quiet").errors == "")
    #expect(try workspace.text(of: "page.html") == workspace.text(of: "again.html"))
  }

  @Test func aPageThatExistsIsKeptUnlessForced() throws {
    let workspace = try ring()
    try workspace.write("mine", to: "page.html")
    let outcome = try workspace.cpnsim("report", "out", "--out", "page.html")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("page.html already exists"))
    #expect(try workspace.text(of: "page.html") == "mine")
    #expect(
      try workspace.cpnsim("report", "out", "--out", "page.html", "--force", "--language", "zh")
        .code == 0)
    #expect(try workspace.text(of: "page.html").contains("<html lang=\"zh-CN\">"))
  }

  @Test(arguments: [
    (["report", "nowhere", "--out", "p.html"], "nowhere"),
    (["report", "out"], "--out is missing"),
    (["report", "ring.yaml", "--out", "p.html"], "ring.yaml"),
    (["report", "out", "--out", "p.html", "--basemap", "ring.yaml"], "ring.yaml"),
    (["report", "out", "--out", "none/p.html"], "none/p.html"),
  ])
  func mistakesLeaveNothing(_ words: [String], _ message: String) throws {
    let workspace = try ring()
    let before = workspace.names
    let outcome = try workspace.cpnsim(words)
    #expect(outcome.code == 2 || outcome.code == 64, "\(outcome)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(workspace.names == before)
  }

  @Test func twoRunsAndTimelinesAreWritten() throws {
    let workspace = try ring()
    let both = try workspace.cpnsim("report", "out", "out", "--out", "two.html")
    #expect(both.code == 0, "\(both.errors)")
    #expect(try workspace.text(of: "two.html").contains("The scenarios are the same."))
    let timeline = try workspace.cpnsim("report", "out", "--timeline", "run.json")
    #expect(timeline.code == 0 && timeline.errors.hasPrefix("Wrote run.json, "))
    let events = try workspace.json(of: "run.json")["traceEvents"] as? [[String: Any]]
    #expect(events?.isEmpty == false)
    let refused = try workspace.cpnsim("report", "out", "out", "--timeline", "t.json")
    #expect(refused.code == 64 || refused.code == 2)
    #expect(refused.errors.contains("go with the folder of one run only"))
  }

  /// Packed tables say the same: unpacked by another program, by the page, and by `compare`.
  @Test func packedTablesSayTheSame() throws {
    let workspace = try ring()
    let packed = try workspace.cpnsim("run", "ring.yaml", "--out", "packed", "--compress", "zst")
    #expect(packed.code == 0, "\(packed.errors)")
    let tables = workspace.names.filter { $0.hasPrefix("packed/") && $0.hasSuffix(".zst") }
    #expect(tables.contains("packed/flows.csv.zst") && !tables.contains("packed/summary.csv.zst"))
    #expect(try workspace.text(of: "packed/summary.csv") == workspace.text(of: "out/summary.csv"))
    let package = try workspace.json(of: "packed/datapackage.json")
    let resources = try #require(package["resources"] as? [[String: Any]])
    let flows = try #require(resources.first { $0["name"] as? String == "flows" })
    #expect(flows["path"] as? String == "flows.csv.zst" && flows["compression"] as? String == "zst")
    for (folder, page) in [("out", "a.html"), ("packed", "b.html")] {
      #expect(try workspace.cpnsim("report", folder, "--out", page).code == 0)
    }
    #expect(try workspace.text(of: "a.html") == workspace.text(of: "b.html"))
    #expect(try workspace.cpnsim("explain", "packed", "flow", "1").code == 0)
    let moves = try workspace.cpnsim("compare", "out", "packed")
    #expect(moves.code == 0 && moves.output.contains("all runs have equal digests"))
    let alone = try workspace.cpnsim("run", "ring.yaml", "--compress", "zst")
    #expect(alone.errors.contains("--compress goes with --out"))
  }
}
