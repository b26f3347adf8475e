// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Statistics
import Testing

@testable import Studies

/// The table of what metrics mean, against what runs write.
@Suite struct MetricMeaningTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  @Test(arguments: [
    ("fct_mean", PairedComparison.Goal.lower, ["flows_finished"]),
    ("bulk/slowdown_p99", .lower, ["flows_finished"]),
    ("a/b/lateness_p99", .lower, ["deadlines_missed"]),
    ("blocking", .lower, ["requests"]), ("blocking_ci95_half", nil, []),
    ("requests_blocked", .lower, ["requests"]), ("requests_blocked_no_route", nil, []),
    ("model_flops_utilisation", .higher, ["iterations"]),
    ("link_utilisation_mean", nil, []), ("gold/income", .higher, []), ("income", nil, []),
    ("no_such_metric", nil, []), ("", nil, []),
  ])
  func aMetricHasItsMeaning(name: String, better: PairedComparison.Goal?, over: [String]) {
    let meaning = MetricMeaning(of: name)
    #expect(meaning.better == better && meaning.over == over)
  }

  @Test(arguments: [
    ("fct_mean", true), ("bulk/fct_p99", true), ("fct_mena", false), ("fct_", false),
    ("gold/income", true), ("income", false), ("events", true), ("no_such_metric", false),
  ])
  func aSlipIsNoWordOfAMetric(name: String, isKnown: Bool) {
    #expect(MetricMeaning.isKnown(name) == isKnown)
  }

  /// A word that no run writes is a slip, or a metric that is gone.
  @Test func allWordsAreThoseOfRuns() throws {
    let folder = Self.root.appending(path: "Sources/Simulator")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    var text = ""
    for case let name as String in files where name.hasSuffix(".swift") {
      text += try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    #expect(!text.isEmpty)
    for word in MetricMeaning.neutral {
      // `requests`, and the last part of some, stand behind a part or the rest of the word.
      let stem = word.split(separator: "_").first ?? ""
      #expect(
        text.contains("\"" + word) || text.contains("/" + word)
          || text.contains("\"" + stem + "_\\("),
        "\(word)")
    }
    for row in MetricMeaning.table {
      for word in [String(row.pattern)] + row.over {
        // Deadlines of jobs are counted as those of flows are, behind a prefix.
        let isOfJobs = word.hasPrefix("job_deadlines") || word.hasPrefix("job_lateness")
        let word = isOfJobs ? String(word.dropFirst(4)) : word
        // The last part of some is put behind the rest: `fct` and `_mean`, a name.
        let isBuilt = word.hasSuffix("_") || word.hasSuffix("_accepted")
        let stem =
          isBuilt
          ? word.split(separator: "_").dropLast(word.hasSuffix("_") ? 0 : 1)
            .joined(separator: "_") : word
        #expect(text.contains("\"" + stem) || text.contains("/" + stem), "\(word)")
      }
    }
  }
}
