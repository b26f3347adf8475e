// SPDX-License-Identifier: GPL-3.0-or-later
public import Results
internal import Text

extension CheckReport {
  /// All findings in words.
  public var texts: [FindingText] {
    findings.map { FindingText($1, of: $0, mostSeeds: mostSeeds) }
  }

  /// A row a finding.
  public var listing: Listing {
    var listing = Listing([
      "case", "metric", "verdict", "baseline", "now", "difference", "interval", "tolerance",
      "seeds", .init("seen with \(mostSeeds)", "sees"),
    ])
    for text in texts {
      let words = [
        text.caseName, text.name, text.verdict, text.baseline, text.now, text.difference,
        text.interval, text.tolerance, text.seeds, text.sees,
      ]
      listing.append(words.map { Results.Cell.text($0) })
    }
    for report in cases where report.failure != nil {
      let words = [report.name, "", "failed"] + Array(repeating: "", count: 7)
      listing.append(words.map { Results.Cell.text($0) })
    }
    return listing
  }

  /// The numbers in full, for programs.
  public var data: Listing {
    var listing = Listing([
      "case", "metric", "verdict", "blocking", "baseline", "now", "difference", "low", "high",
      "tolerance", "deviation", "pairs", "seeds", "sees", "unit",
    ])
    for (report, finding) in findings {
      let head: [Results.Cell] = [.text(report.name), .text(finding.name)]
      listing.append(head + cells(of: finding))
    }
    return listing
  }

  private func cells(of finding: CaseFinding) -> [Results.Cell] {
    if case .instructions(let finding) = finding { return cells(of: finding) }
    guard case .metric(let metric, let judgement, let unit) = finding else {
      let absent = Array(repeating: Results.Cell.absent, count: 10)
      return [.text(finding.isRed ? "differs" : "identical"), .text("true")] + absent + [.text("")]
    }
    let numbers = [
      judgement.baselineMean, judgement.candidateMean, judgement.difference,
      judgement.interval?.low, judgement.interval?.high, judgement.tolerance, judgement.deviation,
    ]
    let head: [Results.Cell] = [
      .text(judgement.verdict.rawValue), .text("\(metric.isBlocking)"),
    ]
    let counts: [Results.Cell] = [
      .count(judgement.pairs), .count(judgement.seeds), .number(judgement.sees ?? .nan),
      .text(unit),
    ]
    return head + numbers.map { Results.Cell.number($0 ?? .nan) } + counts
  }

  private func cells(of finding: InstructionFinding) -> [Results.Cell] {
    let counts = [finding.before, finding.now].map { $0.map { Double($0.count) } ?? .nan }
    let difference = finding.change == nil ? .nan : counts[1] - counts[0]
    let head: [Results.Cell] = [.text(finding.verdict), .text("true")]
    let numbers = [counts[0], counts[1], difference, .nan, .nan, finding.tolerance * counts[0]]
    let absent = Array(repeating: Results.Cell.absent, count: 4)
    return head + numbers.map { Results.Cell.number($0) } + absent + [.text("")]
  }

  /// What is not as it should be, or not known, a line each; what makes the suite red first.
  public var messages: [String] {
    let red = cases.compactMap(\.failure).map { "failed: \($0)" }
    let told = zip(findings.map(\.finding), texts)
    let bad = told.filter(\.0.isRed).map { "red: \($1.line)" }
    let rest = told.filter { !$0.0.isRed && !$0.1.message.isEmpty }.map { "note: \($1.line)" }
    let others = cases.filter(\.isOtherScenario).map {
      "note: \($0.name): the scenario or a file of it is another than the baseline's"
    }
    return red + bad + rest + others
  }

  /// One line on what the gate sees of its blocking metrics, as shares of their baselines.
  ///
  /// Nil where there is none that has a share.
  public var sight: String? {
    let shares = findings.compactMap { report, finding -> (name: String, share: Double)? in
      guard case .metric(let metric, let judgement, _) = finding, metric.isBlocking,
        let sees = judgement.sees, let mean = judgement.baselineMean, mean != 0
      else { return nil }
      return ("\(report.name) \(metric.name)", 100 * sees / mean.magnitude)
    }
    guard let least = shares.min(by: { $0.share < $1.share }),
      let most = shares.max(by: { $0.share < $1.share })
    else { return nil }
    let first = "with \(mostSeeds) seeds this gate sees \(formatted(count: least.share)) %"
    let range =
      shares.count == 1
      ? "" : " (\(least.name)) to \(formatted(count: most.share)) % (\(most.name))"
    let unlike = kind == .null ? " of a change that makes runs unlike" : ""
    return "\(first)\(range)\(unlike), in 8 of 10 cases"
  }

  /// One line that says how it went.
  public var verdict: String {
    let bad = findings.count(where: \.finding.isRed)
    let failed = cases.count { $0.failure != nil }
    let open = findings.count { if case .metric(_, let one, _) = $1 { one.isOpen } else { false } }
    let parts = [
      bad > 0 ? "\(bad) of \(findings.count) worse or different" : "",
      failed > 0 ? counted(failed, "case") + " failed" : "",
      open > 0 ? "\(open) undecided" : "",
    ].filter { !$0.isEmpty }
    let tail = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    return "\(suite) is \(isRed ? "red" : "green")\(tail); "
      + "\(counted(findings.count, "finding")), \(counted(runs, "run"))"
  }
}

extension FindingText {
  /// The message with its case.
  var line: String { "\(caseName): \(message)" }
}
