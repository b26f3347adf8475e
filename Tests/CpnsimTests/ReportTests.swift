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
}
