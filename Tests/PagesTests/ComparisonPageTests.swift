// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing
import Text

@testable import Pages

@Suite struct ComparisonPageTests: PageSketch {
  private func differences(_ first: String, _ second: String) throws -> [ScenarioDifference] {
    try ScenarioDifference.all(
      JSONValue(reading: UTF8Text(Array(first.utf8))),
      JSONValue(reading: UTF8Text(Array(second.utf8))))
  }

  @Test func differencesAreNamedByTheirPath() throws {
    let first =
      #"{"a": 1, "b": {"c": "x"}, "l": [{"name": "u", "v": 1}, {"name": "w"}], "n": [1, 2]}"#
    let second =
      #"{"a": 1, "b": {"c": "y", "d": 2}, "l": [{"name": "u", "v": 3}, {"name": "z"}], "n": [1]}"#
    #expect(
      try differences(first, second) == [
        ScenarioDifference(path: "b.c", first: "x", second: "y"),
        ScenarioDifference(path: "b.d", first: "–", second: "2"),
        ScenarioDifference(path: "l[u].v", first: "1", second: "3"),
        ScenarioDifference(path: "l[w]", first: #"{"name": "w"}"#, second: "–"),
        ScenarioDifference(path: "l[z]", first: "–", second: #"{"name": "z"}"#),
        ScenarioDifference(path: "n[1]", first: "2", second: "–"),
      ])
    #expect(try differences(first, first).isEmpty)
  }

  @Test(
    arguments: [
      (1, 1, "="), (1, 1.5, "+50 %"), (2, 1, "−50 %"), (-1, -2, "−100 %"), (0, 1, ""),
      (1, .nan, ""), (1000, 1001, "+0.1 %"),
    ] as [(Double, Double, String)])
  func changesAreInRelationToTheFirst(_ first: Double, _ second: Double, _ text: String) {
    #expect(ComparisonPage.change(first, second) == text)
  }

  @Test func linksStandBesideEachOther() throws {
    let head = "time_s,link,capacity_bps,rate_bps,utilisation\n"
    let first = try folder([
      "summary.csv": "metric,value,unit\nfct_mean,2,s\n",
      "links.csv": head + "10,l,100,50,0.5\n20,l,100,50,0.5\n10,gone,1,1,1\n",
    ])
    let second = try folder([
      "summary.csv": "metric,value,unit\nfct_mean,3,s\nnew,1,\n",
      "links.csv": head + "10,l,100,25,0.25\n30,l,100,25,0.25\n",
    ])
    let data = try data(of: ComparisonPage(of: first.path, and: second.path, in: .en).text)
    let chart = try part("chart", id: "links-two", in: data)
    #expect(chart["x"] as? [Double] == [10, 20, 30])
    let series = try #require(chart["series"] as? [[String: Any]])
    let values = series.map { ($0["y"] as? [Any])?.map { $0 as? Double } }
    #expect(values == [[0.5, 0.5, nil], [0.25, nil, 0.25]])
    let picks = try #require(chart["picks"] as? [[String: Any]])
    #expect(picks.map { $0["name"] as? String } == ["l"])
    let metrics = try #require(part("sides", id: "metrics", in: data)["rows"] as? [[Any]])
    #expect(metrics.map { $0[0] as? String } == ["mean time to completion", "new"])
    #expect(metrics[0][3] as? String == "+50 %" && metrics[1][1] is NSNull)
  }
}
