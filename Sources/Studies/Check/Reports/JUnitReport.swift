// SPDX-License-Identifier: GPL-3.0-or-later

extension CheckReport {
  /// The report as JUnit XML, which Jenkins, GitLab and others show.
  ///
  /// A suite a case of ours, a test a metric. What is advisory and worse is skipped with a reason,
  /// so that it is seen and nothing fails; what is undecided passes and says so.
  public var junit: String {
    let suites = cases.map(junitSuite)
    let counts = suites.reduce(JUnitCounts()) { $0 + $1.counts }
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
    lines.append(
      XML.open("testsuites", [("name", suite)] + counts.attributes(seconds: seconds)))
    lines += suites.flatMap(\.lines)
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func junitSuite(_ report: CaseReport) -> (counts: JUnitCounts, lines: [String]) {
    var counts = JUnitCounts()
    var lines: [String] = []
    let each = report.seconds / Double(max(1, report.findings.count))
    for finding in report.findings {
      let text = FindingText(finding, of: report, mostSeeds: mostSeeds)
      let attributes = self.attributes(of: finding.name, in: report, seconds: each)
      counts.tests += 1
      let body = junitBody(finding, text, &counts)
      guard !body.isEmpty else {
        lines.append("    " + XML.single("testcase", attributes))
        continue
      }
      lines.append("    " + XML.open("testcase", attributes))
      lines += body.map { "      " + $0 }
      lines.append("    </testcase>")
    }
    if let failure = report.failure {
      counts.tests += 1
      counts.errors += 1
      lines.append("    " + XML.open("testcase", attributes(of: "run", in: report, seconds: 0)))
      lines.append(
        "      " + XML.element("error", [("message", failure), ("type", "failed")], failure))
      lines.append("    </testcase>")
    }
    let head = XML.open(
      "testsuite",
      [("name", "\(suite).\(report.name)")]
        + counts.attributes(seconds: report.seconds))
    return (counts, ["  " + head] + lines + ["  </testsuite>"])
  }

  private func attributes(
    of test: String, in report: CaseReport, seconds: Double
  ) -> [(String, String)] {
    [
      ("name", test), ("classname", "\(suite).\(report.name)"), ("time", XML.seconds(seconds)),
    ]
  }

  private func junitBody(
    _ finding: CaseFinding, _ text: FindingText, _ counts: inout JUnitCounts
  ) -> [String] {
    guard !text.message.isEmpty else { return [] }
    if finding.isRed {
      counts.failures += 1
      return [
        XML.element("failure", [("message", text.message), ("type", text.verdict)], text.message)
      ]
    }
    if case .metric(_, let judgement, _) = finding, judgement.isBad {
      counts.skipped += 1
      return [XML.single("skipped", [("message", "advisory: \(text.message)")])]
    }
    return [XML.element("system-out", [], text.message)]
  }
}

private struct JUnitCounts {
  var tests = 0
  var failures = 0
  var errors = 0
  var skipped = 0

  static func + (first: JUnitCounts, second: JUnitCounts) -> JUnitCounts {
    JUnitCounts(
      tests: first.tests + second.tests, failures: first.failures + second.failures,
      errors: first.errors + second.errors, skipped: first.skipped + second.skipped)
  }

  func attributes(seconds: Double) -> [(String, String)] {
    [
      ("tests", "\(tests)"), ("failures", "\(failures)"), ("errors", "\(errors)"),
      ("skipped", "\(skipped)"), ("time", XML.seconds(seconds)),
    ]
  }
}

/// XML 1.0, as text.
private enum XML {
  static func open(_ name: String, _ attributes: [(String, String)]) -> String {
    "<\(head(name, attributes))>"
  }

  static func single(_ name: String, _ attributes: [(String, String)]) -> String {
    "<\(head(name, attributes))/>"
  }

  static func element(_ name: String, _ attributes: [(String, String)], _ text: String) -> String {
    "\(open(name, attributes))\(escaped(text))</\(name)>"
  }

  private static func head(_ name: String, _ attributes: [(String, String)]) -> String {
    ([name] + attributes.map { "\($0)=\"\(escaped($1))\"" }).joined(separator: " ")
  }

  /// Seconds to the microsecond; readers of JUnit know no exponents.
  static func seconds(_ seconds: Double) -> String {
    let micro = Int64((seconds * 1e6).rounded())
    let digits = String(1_000_000 + micro % 1_000_000).dropFirst()
    return "\(micro / 1_000_000).\(digits)"
  }

  /// What XML has no way to write is left out.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "&#10;"
      case "\t": escaped += "&#9;"
      case _ where scalar.value < 0x20 || (0xfffe...0xffff).contains(scalar.value): break
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
