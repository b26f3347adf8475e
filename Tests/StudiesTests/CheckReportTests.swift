// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Results
import Session
import Statistics
import Testing

@testable import Studies

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What other programs are given to show.
@Suite struct CheckReportTests {
  private static let name = #"a<b>&"c"|`*_\"#

  /// A case with a finding of each kind; some names have in them what could be markup.
  private static func report(rows: Int = 0) -> CheckReport {
    var report = CheckReport(suite: "s & t", kind: .baseline, falseAlarm: 0.001, mostSeeds: 4)
    let gate = Gate(looks: [4], falseAlarm: 0.001, metrics: 3)
    let base = [10.0, 20, 30, 40]
    func finding(_ name: String, _ candidate: [Double], _ isBlocking: Bool = true) -> CaseFinding {
      let metric = GatedMetric(
        name, goal: .lower, tolerance: .relative(0.01), isBlocking: isBlocking)
      return .metric(
        metric, gate.judge(metric, candidate: candidate, baseline: base, look: 0), unit: "s")
    }
    var first = CaseReport(name: Self.name)
    first.findings = [
      finding("same", base), finding("worse", [20, 30, 40, 50.01]),
      finding("advisory", [20, 30, 40, 50.01], false), finding("open", [15, 15, 35, 36]),
      finding("gone", [10, .nan, 30, 40]),
    ]
    for row in 0..<rows { first.findings.append(finding("row-\(row)", [20, 30, 40, 50.01])) }
    first.seconds = 12.5
    var exact = CaseReport(name: "exact")
    let marks = [1.0, 2].map {
      RunMark(events: Int($0), time: SimTime(nanoseconds: Int64($0 * 1e9)), digest: 7)
    }
    exact.findings = [
      .exact(FirstDifference(agreed: marks[0], differs: marks[1], found: nil)), .exact(nil),
    ]
    var failed = CaseReport(name: "failed")
    failed.failure = "seed 3: \u{1}no"
    report.cases = [first, exact, failed]
    return report
  }

  /// The elements of a text, in order; a text that is not well formed is an error.
  private final class Elements: NSObject, XMLParserDelegate {
    var all: [(name: String, attributes: [String: String])] = []
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      all.append((name, attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  @Test func junitIsWellFormedAndCounts() throws {
    let parser = XMLParser(data: Data(Self.report().junit.utf8))
    let elements = Elements()
    parser.delegate = elements
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    let all = elements.all
    let root = try #require(all.first)
    #expect(root.name == "testsuites" && root.attributes["name"] == "s & t")
    #expect(root.attributes["tests"] == "8" && root.attributes["failures"] == "3")
    #expect(root.attributes["errors"] == "1" && root.attributes["skipped"] == "1")
    #expect(root.attributes["time"] == "12.500000")
    for (name, count) in [
      ("testsuite", 3), ("testcase", 8), ("failure", 3), ("error", 1), ("skipped", 1),
      ("system-out", 1),
    ] {
      #expect(all.count { $0.name == name } == count, "\(name)")
    }
    for element in all where element.name == "testcase" {
      #expect(Set(element.attributes.keys) == ["name", "classname", "time"])
    }
    for element in all where element.name == "failure" {
      #expect(Set(element.attributes.keys) == ["message", "type"])
    }
    #expect(all.contains { $0.attributes["classname"] == "s & t.\(Self.name)" })
    #expect(elements.text.contains("digests agree up to t = 1.0 s, event 1; they differ by t = 2"))
  }

  @Test func markdownIsCutWhereItIsTooLong() {
    let whole = Self.report().markdown(limit: CheckReport.summaryLimit, isShort: false)
    #expect(whole.contains("| seen with 4 |") && !whole.contains("Cut here"))
    #expect(whole.contains(#"a\<b\>\&"c"\|\`\*\_\\"#))
    let short = Self.report().markdown(limit: CheckReport.commentLimit, isShort: true)
    #expect(short.contains("worse is worse by") && !short.contains("| seen with"))
    let many = Self.report(rows: 10_000)
    for (limit, isShort) in [(CheckReport.summaryLimit, false), (CheckReport.commentLimit, true)] {
      let text = many.markdown(limit: limit, isShort: isShort)
      #expect(text.utf8.count <= limit && text.utf8.count > limit - 1000)
      #expect(text.contains("Cut here:") && text.hasSuffix("_\n"))
    }
  }

  @Test func openMetricsKeepsItsGrammar() throws {
    let text = Self.report().openMetrics
    #expect(text.hasSuffix("\n# EOF\n"))
    let sample =
      /[a-z_]+\{[a-z]+="([^"\\]|\\["\\n])*"(,[a-z]+="([^"\\]|\\["\\n])*")*\} (-?[0-9.e+-]+|NaN)/
    var families: [Substring] = []
    for line in text.split(separator: "\n") where line != "# EOF" {
      if line.hasPrefix("# TYPE ") {
        families.append(line.split(separator: " ")[2])
      } else if !line.hasPrefix("# HELP ") {
        #expect(line.wholeMatch(of: sample) != nil, "\(line)")
        #expect(line.prefix { $0 != "{" } == families.last)
      }
    }
    #expect(families.count == Set(families).count && families.count >= 12)
    #expect(text.contains(#"cpnsim_check_red{suite="s & t"} 1.0"#))
  }

  @Test func whatIsRedComesFirst() {
    let report = Self.report()
    #expect(report.isRed && report.messages.first == "failed: seed 3: \u{1}no")
    #expect(report.messages.count { $0.hasPrefix("red: ") } == 3)
    #expect(report.messages.count { $0.hasPrefix("note: ") } == 2)
    #expect(report.verdict.hasPrefix("s & t is red: 3 of 7 worse or different, 1 case failed"))
    #expect(report.sight?.contains("with 4 seeds this gate sees ") == true)
    #expect(report.listing.rows.count == 8 && report.data.rows.count == 7)
  }
}
