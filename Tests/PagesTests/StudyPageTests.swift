// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Pages

@Suite struct StudyPageTests: PageSketch {
  private func study(_ summary: String?) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(
      #"{"study": "s", "axes": [{"name": "load", "values": ["1", "2"]}]}"#, to: "study.json")
    if let summary { try folder.write(summary, to: "summary.csv") }
    return folder
  }

  @Test func meansAreThoseOfTheSummary() throws {
    let folder = try study(
      """
      scenario,load,metric,n,of,mean,deviation,low,high,unit
      a,1,fct_mean,5,5,2.5,0.1,2.4,2.6,s
      a,1,blocking,5,5,0.25,0.1,0.2,0.3,
      a,2,fct_mean,4,5,,,,,s
      a,2,blocking,1,5,0.5,,,,

      """)
    let data = try data(of: StudyPage(of: folder.path, in: .en).text)
    let part = try part("variants", in: data)
    #expect(part["labels"] as? [[String]] == [["a", "1"], ["a", "2"]])
    let axes = try #require(part["axes"] as? [[String: Any]])
    #expect(axes.map { $0["values"] as? [String] } == [["a"], ["1", "2"]])
    let metrics = try #require(part["metrics"] as? [[String: Any]])
    #expect(metrics.map { $0["name"] as? String } == ["fct_mean", "blocking"])
    #expect(metrics.map { $0["unit"] as? String } == ["s", "%"])
    let rows = try #require(metrics[0]["rows"] as? [[Any]])
    #expect(rows[0] as? [Double] == [2.5, 2.4, 2.6, 5] && rows[1][0] is NSNull)
    let single = try #require(metrics[1]["rows"] as? [[Any]])[1]
    #expect(single[0] as? Double == 0.5 && single[1] is NSNull && single[3] as? Double == 1)
    // Nine of ten runs have a value of something.
    #expect("\(data)".contains("1 runs of the study failed or are missing"))
  }

  @Test func aStudyWithoutASummaryHasNoPage() throws {
    let folder = try study(nil)
    #expect(StudyPage.isStudy(folder.path))
    #expect(throws: PageError(path: folder.path, reason: .noSummary)) {
      try StudyPage(of: folder.path, in: .zh)
    }
    #expect(throws: PageError(path: folder.path, reason: .mixed)) {
      try ComparisonPage(of: folder.path, and: folder.path, in: .en)
    }
  }
}
