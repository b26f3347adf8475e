// SPDX-License-Identifier: GPL-3.0-or-later

/// A baseline as the suite asks for it: its cases, with the values of its metrics in its order.
struct BaselineMatch {
  private var cases: [String: Baseline.Case] = [:]

  /// Says all that the baseline lacks.
  init(_ suite: Suite, _ baseline: Baseline) throws(UnfitBaseline) {
    var reasons: [String] = []
    if suite.name != baseline.suite {
      reasons.append("it is of the suite \(baseline.suite), expected \(suite.name)")
    }
    for suiteCase in suite.cases {
      guard let known = baseline.cases.first(where: { $0.name == suiteCase.name }) else {
        reasons.append("it has no case \(suiteCase.name)")
        continue
      }
      do throws(Lack) {
        cases[suiteCase.name] = try Self.match(known, suiteCase, seeds: suite.mostSeeds)
      } catch {
        reasons.append("case \(suiteCase.name): \(error.text)")
      }
    }
    guard reasons.isEmpty else { throw UnfitBaseline(path: suite.baselinePath, reasons: reasons) }
  }

  func `case`(of suiteCase: SuiteCase) -> Baseline.Case? { cases[suiteCase.name] }

  private struct Lack: Error {
    var text: String
  }

  private static func match(
    _ known: Baseline.Case, _ suiteCase: SuiteCase, seeds: Int
  ) throws(Lack) -> Baseline.Case {
    guard suiteCase.isExact == (known.ladder != nil) else {
      throw Lack(text: suiteCase.isExact ? "it has no digests" : "it has digests and no metrics")
    }
    guard !suiteCase.isExact else { return known }
    guard known.runs.count >= seeds else {
      throw Lack(text: "it has \(known.runs.count) seeds, expected \(seeds)")
    }
    var columns: [Int] = []
    for metric in suiteCase.metrics {
      guard let column = known.metrics.firstIndex(of: metric.name) else {
        throw Lack(text: "it has no metric \(metric.name)")
      }
      columns.append(column)
    }
    var matched = known
    matched.metrics = suiteCase.metrics.map(\.name)
    matched.runs = known.runs.prefix(seeds).map { run in
      var run = run
      run.values = columns.map { run.values[$0] }
      return run
    }
    return matched
  }
}

/// A baseline that was made of another suite.
public struct UnfitBaseline: Error, CustomStringConvertible {
  let path: String
  let reasons: [String]

  public var description: String {
    "\(path) does not fit the suite, and --update makes it anew:\n"
      + reasons.map { "  \($0)" }.joined(separator: "\n")
  }
}
