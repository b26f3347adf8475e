// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Pages

@Suite struct RunPageTests {
  /// A folder with a manifest of this scenario, and the tables given.
  private func folder(
    scenario: String = #"{"network": {"nodes": [], "links": []}, "outputs": ["summary"]}"#,
    name: String = "run", _ tables: [String: String] = [:]
  ) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(
      """
      {"name": "\(name)", "version": "1", "seed": 7, "digest": "ab", "events": 3,
       "simulated_s": 7200, "scenario": \(scenario)}
      """, to: "manifest.json")
    for (name, text) in tables { try folder.write(text, to: name) }
    return folder
  }

  private func data(of page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: #"<script id="data" type="application/json">"#))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    let object = try JSONSerialization.jsonObject(
      with: Data(page[start.upperBound..<end.lowerBound].utf8))
    return try #require(object as? [String: Any])
  }

  private func part(_ kind: String, id: String? = nil, in data: [String: Any]) throws -> [String:
    Any]
  {
    let sections = try #require(data["sections"] as? [[String: Any]])
    let parts = sections.flatMap { $0["parts"] as? [[String: Any]] ?? [] }
    return try #require(
      parts.first { $0["kind"] as? String == kind && (id == nil || $0["id"] as? String == id) })
  }

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
    #expect(throws: (any Error).self) { try RunPage(of: folder.path, in: .en) }
    try folder.write("{}", to: "manifest.json")
    #expect(throws: PageError(path: folder.path, reason: .noScenario)) {
      try RunPage(of: folder.path, in: .en)
    }
  }
}
