// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Pages

@Suite struct RunPageTests: PageSketch {
  @Test func namesCanNotEndTheScript() throws {
    let name = "</script><b>&amp;"
    let folder = try folder(name: name)
    let page = try RunPage(of: folder.path, in: .en).text
    #expect(page.components(separatedBy: "</script>").count == 3)
    #expect(page.contains("<h1>&lt;/script&gt;&lt;b&gt;&amp;amp;</h1>"))
    _ = try data(of: page)
  }

  @Test(arguments: PageLanguage.allCases)
  func thePageAsksNobody(_ language: PageLanguage) throws {
    let folder = try folder(["summary.csv": "metric,value,unit\nflows_started,3,\n"])
    let page = try RunPage(of: folder.path, in: language).text
    let addresses = page.components(separatedBy: "://").dropFirst()
    // The name of SVG, which nobody looks up.
    #expect(addresses.allSatisfy { $0.hasPrefix("www.w3.org/2000/svg") })
    #expect(!page.contains("src=") && !page.contains("@import") && !page.contains("url("))
  }

  /// Runs of versions before had their findings in English alone.
  @Test(arguments: [
    (PageLanguage.en, ["Full. (cpnsim explain RUN link ab)", "Old."]),
    (.zh, ["满。（cpnsim explain RUN link ab）", "Old."]),
  ])
  func findingsAreInTheLanguageOfThePage(_ page: (in: PageLanguage, told: [String])) throws {
    let findings = """
      [{"kind": "full", "text": "Full.", "text_zh": "满。", "command": "cpnsim explain RUN link ab"},
       {"kind": "idle", "text": "Old.", "command": null}]
      """
    let folder = try folder(
      scenario: #"{"network": {"nodes": [], "links": []}, "outputs": []}, "findings": "#
        + findings, ["summary.csv": "metric,value,unit\n"])
    let data = try data(of: RunPage(of: folder.path, in: page.in).text)
    #expect(try part("list", in: data)["items"] as? [String] == page.told)
  }

  @Test func linksAreThoseOfTheTable() throws {
    let network = """
      {"network": {"nodes": [{"name": "a", "latitude": 30, "longitude": 110},
         {"name": "b", "latitude": 40, "longitude": 120}],
       "links": [{"name": "ab", "from": "a", "to": "b"}]}, "outputs": ["links"]}
      """
    let links = """
      time_s,link,capacity_bps,rate_bps,utilisation
      3600,ab,1000,250,0.25
      3600,loose,10,10,1
      7200,ab,0,0,
      7200,loose,10,5,0.5

      """
    let folder = try folder(scenario: network, ["links.csv": links])
    let data = try data(of: RunPage(of: folder.path, in: .en).text)
    let use = try #require(data["links"] as? [String: Any])
    #expect(use["names"] as? [String] == ["loose", "ab"])
    #expect(use["times"] as? [Double] == [3600, 7200])
    #expect(use["rates"] as? [[Double]] == [[10, 5], [250, 0]])
    // Runs of a value and how often it comes.
    #expect(use["capacities"] as? [[Double]] == [[10, 2], [1000, 1, 0, 1]])
    let map = try part("map", in: data)
    let lines = try #require(map["lines"] as? [[String: Any]])
    #expect(lines.count == 1 && lines[0]["f"] as? Int == 1 && lines[0]["r"] as? Int == -1)
    #expect((map["coast"] as? [[Int]])?.isEmpty == false)
  }

  @Test func factsAreThoseOfTheSummary() throws {
    let folder = try folder([
      "summary.csv":
        "metric,value,unit\nflows_started,12,\nflows_finished,11,\nfct_mean,0.12345678,s\n"
        + "fct_p99,,s\nlink_utilisation_max,0.5,\n"
    ])
    let data = try data(of: RunPage(of: folder.path, in: .en).text)
    let facts = try #require(part("facts", in: data)["items"] as? [[String: Any]])
    let values = Dictionary(
      uniqueKeysWithValues: facts.map { ($0["metric"] as? String ?? "", $0["value"] as? Double) })
    #expect(
      values == [
        "flows_finished": 11, "fct_mean": 0.12345678, "link_utilisation_max": 0.5,
      ])
    let rows = try #require(part("metrics", in: data)["rows"] as? [[Any]])
    #expect(rows.count == 5 && rows[3][1] is NSNull)
    // What the run did not write is named with the line that brings it.
    let said = try part(
      "text",
      in: try #require(
        (data["sections"] as? [[String: Any]])?.last.map { ["sections": [$0]] }))
    #expect((said["text"] as? String)?.isEmpty == false)
    #expect("\(data)".contains("outputs: [summary, flows, bottlenecks]"))
  }

  @Test func otherFoldersAreRefused() throws {
    let folder = try ScratchFolder()
    #expect(throws: PageError(path: folder.path, reason: .noResults)) {
      try RunPage(of: folder.path, in: .en)
    }
    try folder.write("{}", to: "manifest.json")
    #expect(throws: PageError(path: folder.path, reason: .noScenario)) {
      try RunPage(of: folder.path, in: .en)
    }
  }

  @Test func whatWasNearlyFullIsNamed() throws {
    let head =
      "kind,name,channels_start,channels_peak,channels_end,hours_above_90,channels_below_70\n"
    let folder = try folder(
      scenario: """
        {"network": {"nodes": [{"name": "a"}, {"name": "b"}],
         "fibres": [{"name": "ab", "between": ["a", "b"]}]}, "outputs": ["capacity"]}
        """,
      ["capacity.csv": head + "link,roomy,8,8,8,0,5\nlink,short,8,8,8,0,9\nfibre,full,8,9,8,2.5,\n"]
    )
    let data = try data(of: RunPage(of: folder.path, in: .en).text)
    let rows = try #require(part("table", id: "capacity", in: data)["rows"] as? [[Any]])
    #expect(rows.map { $0[1] as? String } == ["full", "short"])
    #expect(rows[0][5] as? Double == 2.5 && rows[0][6] is NSNull && rows[1][6] as? Double == 9)
  }
}
