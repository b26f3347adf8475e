// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Measuring
import Studies

/// Counts how many intervals of `summary.csv` hold a mean that is known.
///
/// Each study is a variant whose generator has a name, and so random streams, of its own: by Wald's
/// identity it starts as many flows as its rate says, of as many bytes as that times their mean.
struct CoverageBenchmark {
  private struct Kind {
    var name: String
    var rate: Double
    var sizes: String
    var metric: String
    var mean: Double
  }

  private static let kinds = [
    Kind(name: "normal", rate: 200, sizes: "{fixed: 1 MB}", metric: "flows_started", mean: 200),
    Kind(
      name: "skewed", rate: 3, sizes: "{exponential: 1 MB}", metric: "bytes_started", mean: 3e6),
    Kind(
      name: "heavy-tailed", rate: 3, sizes: "{pareto: {alpha: 2.5, min: 1 MB, max: 1 EB}}",
      metric: "bytes_started", mean: 5e6),
  ]

  private let folder: String
  private let studies: Int
  private let seeds: Int

  init(studies: Int, seeds: Int, in folder: String) {
    (self.studies, self.seeds, self.folder) = (studies, seeds, folder)
  }

  func measure(jobs: Int, in table: PrintedTable) throws {
    for kind in Self.kinds { try write(scenario(kind), to: "\(kind.name).yaml") }
    try write(study, to: "coverage.yaml")
    let plan = try StudyPlan(Study(path: "\(folder)/coverage.yaml"), jobs: jobs) { _, _ in true }
    var options = Sweep.Options()
    options.jobs = jobs
    let out = StudyFolder("\(folder)/coverage")
    _ = try Sweep(plan, into: out, options).run { _ in true }
    _ = try StudyTables(plan, of: out).write()
    let rows = try summary()
    for kind in Self.kinds { row(kind, rows.filter { $0[0] == kind.name }, in: table) }
  }

  private func row(_ kind: Kind, _ rows: [[String]], in table: PrintedTable) {
    // scenario,of,metric,n,of,mean,deviation,low,high,unit
    let intervals = rows.filter { $0[2] == kind.metric }.compactMap { row in
      Double(row[7]).flatMap { low in Double(row[8]).map { (low: low, high: $0) } }
    }
    let held = intervals.count { $0.low <= kind.mean && kind.mean <= $0.high }
    let part = Double(held) / Double(max(1, intervals.count))
    // Two deviations of a count of so many.
    let margin = 2 * (part * (1 - part) / Double(max(1, intervals.count))).squareRoot()
    table.row([
      kind.name, "\(intervals.count)", "\(seeds)", fixed(100 * part, 1),
      fixed(100 * margin, 1), "\(intervals.count { $0.high < kind.mean })",
      "\(intervals.count { $0.low > kind.mean })",
    ])
  }

  private func scenario(_ kind: Kind) -> String {
    """
    scenario: \(kind.name)
    duration: 1 s
    network: {links: [{name: l, from: a, to: b, capacity: 1 Tbps}]}
    traffic:
      - generate:
          {name: g, from: a, to: b, arrivals: {poisson: \(kind.rate) /s}, sizes: \(kind.sizes)}

    """
  }

  private var study: String {
    let files = Self.kinds.map { "\($0.name): \($0.name).yaml" }.joined(separator: ", ")
    let names = (1...studies).map { "g\($0)" }.joined(separator: ", ")
    return """
      study: coverage
      scenarios: {\(files)}
      seeds: \(seeds)
      set: {outputs: [summary]}
      axes: [{name: study, path: 'traffic[0].generate.name', values: [\(names)]}]
      metrics: [flows_started, bytes_started]

      """
  }

  private func write(_ text: String, to name: String) throws {
    guard let file = fopen("\(folder)/\(name)", "w") else {
      throw StudyBenchmark.Failure(text: name)
    }
    fputs(text, file)
    fclose(file)
  }

  /// The fields of each row; none of them has a comma.
  private func summary() throws -> [[String]] {
    guard let file = fopen("\(folder)/coverage/summary.csv", "r") else {
      throw StudyBenchmark.Failure(text: "summary.csv is missing")
    }
    defer { fclose(file) }
    var rows: [[String]] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let line {
      let text = String(cString: line).split(separator: "\n").first ?? ""
      rows.append(text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
    }
    return rows
  }
}
