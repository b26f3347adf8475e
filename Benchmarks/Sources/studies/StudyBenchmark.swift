// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Measuring
import Studies

/// Sweeps studies of several kinds into a folder of its own.
struct StudyBenchmark {
  enum Kind {
    case noLength(Int)
    case tenthOfASecond(Int)
    case nationalDays(Int)
    case twoMilliseconds(Int)
    /// Runs over one trace of 100,000 flows.
    case trace(Int)
  }

  let folder: String

  init() throws {
    folder = scratchFile(named: "studies")
    guard mkdir(folder, 0o700) == 0 else { throw Failure(text: "\(folder) can't be made") }
  }

  struct Failure: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
  }

  /// Where the benchmark was started.
  static var here: String { getcwd(nil, 0).map { String(cString: $0) } ?? "." }

  func remove() {
    _ = shell("rm -rf '\(folder)'")
  }

  func measure(_ kind: Kind, jobs: Int, in table: PrintedTable) throws {
    try write(kind)
    if case .trace = kind { try writeTrace() }
    _ = shell("rm -rf '\(folder)/out'")
    Memory.forgetPeak()
    let clock = ContinuousClock()
    let (start, cpu) = (clock.now, cpuSeconds())
    let plan = try StudyPlan(Study(path: "\(folder)/study.yaml"), jobs: jobs) { _, _ in true }
    let planned = clock.now
    var options = Sweep.Options()
    options.jobs = jobs
    let out = StudyFolder("\(folder)/out")
    let end = try Sweep(plan, into: out, options).run { _ in true }
    let run = clock.now
    _ = try StudyTables(plan, of: out).write()
    let done = clock.now
    let used = cpuSeconds() - cpu
    guard end.done == end.of else { throw Failure(text: "\(end.failed) runs failed") }
    table.row([
      kind.name, "\(end.done)", "\(jobs)", fixed((done - start) / .seconds(1), 2), fixed(used, 2),
      fixed(used * 1000 / Double(end.done), 3), fixed((planned - start) / .seconds(1), 2),
      fixed((done - run) / .seconds(1), 2), fixed(Double(Memory.peak) / 1e6, 0),
    ])
  }

  /// The same runs by one sweep of one job, and by a loop over `cpnsim run` in a shell.
  func measureLoop(runs: Int, program: String, in table: PrintedTable) throws {
    let kind = Kind.twoMilliseconds(runs)
    try write(kind)
    let path = program.hasPrefix("/") ? program : "\(Self.here)/\(program)"
    let sweep = "'\(path)' sweep study.yaml --out sweep --jobs 1 --quiet"
    let run = "'\(path)' run scenario.yaml --set seed=$seed --set 'outputs=[summary]' --quiet"
    let loop =
      "seed=1; while [ $seed -le \(runs) ]; do \(run) --out loop/$seed || exit 1; "
      + "seed=$((seed + 1)); done"
    let taken = try [sweep, loop].map { line in
      let began = ContinuousClock.now
      guard shell("cd '\(folder)' && mkdir -p loop && \(line)") == 0 else {
        throw Failure(text: "\(line) failed")
      }
      return (ContinuousClock.now - began) / .seconds(1)
    }
    for (name, seconds) in zip(["sweep", "shell loop"], taken) {
      table.row([
        "\(kind.name), \(name)", "\(runs)", "1", fixed(seconds, 2), "",
        fixed(seconds * 1000 / Double(runs), 3),
        "", "", "",
      ])
    }
    print("one sweep is \(fixed(taken[1] / taken[0], 1)) times as fast as the loop")
  }

  private func write(_ kind: Kind) throws {
    let (scenario, study) = kind.texts
    for (text, name) in [(scenario, "scenario.yaml"), (study, "study.yaml")] {
      guard let file = fopen("\(folder)/\(name)", "w") else { throw Failure(text: name) }
      fputs(text, file)
      fclose(file)
    }
  }

  /// Flows that a link of 1 Gbit/s carries with 40 % of its time, in order of time.
  private func writeTrace() throws {
    guard let file = fopen("\(folder)/flows.csv", "w") else { throw Failure(text: "flows.csv") }
    fputs("flow,start_s,source,target,bytes\n", file)
    for flow in 0..<100_000 {
      let bytes = 200_000 + 7919 * flow % 1_600_000
      fputs("f\(flow),\(Double(flow) / 50),a,b,\(bytes)\n", file)
    }
    fclose(file)
  }

  private func shell(_ line: String) -> Int32 { system(line) }
}

extension StudyBenchmark.Kind {
  var name: String {
    switch self {
    case .noLength: "no length"
    case .tenthOfASecond: "0.1 s"
    case .nationalDays: "national day"
    case .twoMilliseconds: "2 ms"
    case .trace: "trace"
    }
  }

  /// The scenario and the study.
  var texts: (String, String) {
    switch self {
    case .noLength(let count):
      (
        Self.line(length: "1 ms"),
        """
        study: none
        scenario: scenario.yaml
        axes:
          - name: rate
            path: traffic[0].generate.arrivals.poisson
            range: {from: 1 /s, to: \(count) /s, step: 1 /s}

        """
      )
    case .tenthOfASecond(let count):
      (
        Self.line(length: "3400 s"),
        "{study: tenth, scenario: scenario.yaml, seeds: \(count), set: {outputs: [summary]}}\n"
      )
    case .nationalDays(let count):
      (
        "",
        """
        study: days
        scenario: \(Self.nationalDay)
        seeds: \(count)
        set: {outputs: [summary]}

        """
      )
    case .twoMilliseconds(let count):
      (
        Self.line(length: "68 s"),
        "{study: short, scenario: scenario.yaml, seeds: \(count), set: {outputs: [summary]}}\n"
      )
    case .trace(let count):
      (
        Self.traced,
        "{study: traced, scenario: scenario.yaml, seeds: \(count), set: {outputs: [summary]}}\n"
      )
    }
  }

  private static let traced = """
    scenario: traced
    duration: 2000 s
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
    traffic: [{trace: flows.csv}]

    """

  private static var nationalDay: String { "\(StudyBenchmark.here)/Scenarios/national-day.yaml" }

  private static func line(length: String) -> String {
    """
    scenario: line
    duration: \(length)
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
    traffic:
      - generate: {name: g, from: a, to: b, arrivals: {poisson: 40 /s}, sizes: {exponential: 1 MB}}

    """
  }
}
