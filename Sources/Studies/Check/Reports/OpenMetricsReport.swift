// SPDX-License-Identifier: GPL-3.0-or-later

extension CheckReport {
  /// The report as OpenMetrics text, for a time series of what a suite finds.
  public var openMetrics: String {
    var text = OpenMetrics(suite: suite)
    text.add("red", "1 where the suite is red.", [([], isRed ? 1 : 0)])
    text.add("runs", "The runs that were made.", [([], Double(runs))])
    text.add("run_seconds", "The time that the runs took, one after the other.", [([], seconds)])
    text.add(
      "failed", "1 where a run of the case did not get to its end.",
      cases.map { ([("case", $0.name)], $0.failure == nil ? 0 : 1) })
    text.add(
      "bad", "1 where the metric is worse, has no value, or the run is not the same.",
      findings.map { report, finding in
        var isBad = finding.isRed
        if case .metric(_, let judgement, _) = finding { isBad = judgement.isBad }
        return ([("case", report.name), ("metric", finding.name)], isBad ? 1 : 0)
      })
    for (name, help, value) in Self.columns {
      text.add(name, help, samples(value))
    }
    return text.text + "# EOF\n"
  }

  private static let columns: [(String, String, @Sendable (Judgement) -> Double?)] = [
    ("baseline", "The mean of the baseline.", { $0.baselineMean }),
    ("now", "The mean now.", { $0.candidateMean }),
    ("difference", "The mean paired difference.", { $0.difference }),
    ("low", "The lower end of its interval.", { $0.interval?.low }),
    ("high", "The upper end of its interval.", { $0.interval?.high }),
    ("tolerance", "How much worse is let be.", { $0.tolerance }),
    ("sees", "The change that is caught in 8 of 10 cases.", { $0.sees }),
    ("pairs", "The seeds with a value on both sides.", { Double($0.pairs) }),
  ]

  private func samples(
    _ value: (Judgement) -> Double?
  ) -> [(labels: [(String, String)], value: Double)] {
    findings.compactMap { report, finding in
      guard case .metric(let metric, let judgement, let unit) = finding,
        let value = value(judgement)
      else { return nil }
      return ([("case", report.name), ("metric", metric.name), ("unit", unit)], value)
    }
  }
}

/// The exposition format of OpenMetrics 1.0; all are gauges.
private struct OpenMetrics {
  let suite: String
  private(set) var text = ""

  init(suite: String) {
    self.suite = suite
  }

  mutating func add(
    _ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: Double)]
  ) {
    guard !samples.isEmpty else { return }
    let name = "cpnsim_check_\(name)"
    text += "# TYPE \(name) gauge\n# HELP \(name) \(help)\n"
    for sample in samples {
      let labels = ([("suite", suite)] + sample.labels).map { "\($0)=\"\(Self.escaped($1))\"" }
      text += "\(name){\(labels.joined(separator: ","))} \(Self.text(of: sample.value))\n"
    }
  }

  private static func text(of value: Double) -> String {
    if value.isNaN { return "NaN" }
    guard value.isFinite else { return value > 0 ? "+Inf" : "-Inf" }
    return "\(value)"
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "\\": escaped += #"\\"#
      case "\"": escaped += #"\""#
      case _ where character.isNewline: escaped += #"\n"#
      default: escaped.append(character)
      }
    }
  }
}
