// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Results
import Simulator
import Testing
import Traces
import Traffic

@testable import Scenario

/// Traces as scenarios write them.
@Suite struct TraceScenarioTests {
  private static let good = """
    scenario: traces
    duration: 1 h
    network:
      links:
        - {name: l, from: a, to: b, capacity: 10 Gbps, two_way: true}
        - {name: m, from: b, to: c, capacity: 10 Gbps, two_way: true}
    traffic:
      - trace:
          file: t.csv
          format: requests
          columns: {timestamp: when, input: prompt, output: answer}
          time_unit: ms
          from: {a: 2, b: 1}
          to: c
          bytes_per_token: {input: 4 B, output: 100 B}
          start: 10 s
          time_factor: 0.5
          size_factor: 2
          repeat_until: 30 min
          period: 1 min
          lenient: true
      - trace: {file: t.csv, name: log, format: swf, from: a, to: b, bytes_per_job: {input: 1 GB}}
      - trace: {file: t.csv, columns: {flow: id}}

    """

  @Test func aScenarioBecomesTraces() throws {
    let model = try load(Self.good).model
    guard case .roundTrips(let requests) = model.traffic[0],
      case .roundTrips(let jobs) = model.traffic[1], case .trace(let flows) = model.traffic[2]
    else {
      Issue.record("\(model.traffic)")
      return
    }
    #expect(requests.name == "trace-1" && jobs.name == "log" && flows.name == nil)
    #expect(requests.bytes == RoundTripBytes(per: .token, input: 4, output: 100))
    #expect(jobs.bytes == RoundTripBytes(per: .job, input: 1e9, output: 0))
    #expect(requests.places.from == [2, 1] && requests.places.to == [1])
    #expect(requests.places.pairs.allSatisfy { $0 != nil })
    let options = requests.options
    #expect(options.tolerance == .lenient && options.start.seconds == 10)
    #expect(
      options.mapping.columns[.input] == "prompt" && options.mapping.timeUnit == .milliseconds)
    #expect(
      options.reshaping
        == TraceReshaping(
          timeFactor: 0.5, sizeFactor: 2,
          repetition: .until(SimTime(nanoseconds: 1_790_000_000_000)),
          period: SimDuration(nanoseconds: 60_000_000_000)))
    #expect(flows.options.keepsRecords && flows.options.mapping.columns == [.flow: "id"])
  }

  @Test func theResolvedScenarioLoadsAsTheSame() throws {
    let loaded = try load(Self.good)
    #expect(try load(loaded.resolvedJSON).resolvedJSON == loaded.resolvedJSON)
    let plain =
      "scenario: s\nnetwork: {links: [{name: l, capacity: 1 Gbps}]}\ntraffic: [{trace: t.csv}]"
    let short = try load(plain)
    #expect(try load(short.resolvedJSON).resolvedJSON == short.resolvedJSON)
  }

  @Test func aSettingChangesAKeyOfATrace() throws {
    let loaded = try load(Self.good, settings: ["traffic[0].trace.to=b"])
    guard case .roundTrips(let requests) = loaded.model.traffic[0] else { return }
    // b serves its own.
    #expect(requests.places.pairs.map { $0 == nil } == [false, true])
  }

  @Test(arguments: [
    ("to: c\n", "to: x\n", "unknown node \"x\""),
    ("to: c\n", "to: {}\n", "expected a node, or a mapping of nodes to their weights"),
    ("{a: 2, b: 1}", "{a: 0}", "expected more than zero"),
    ("{a: 2, b: 1}", "{c: 1}", "found the same node in from and to"),
    ("      to: c\n", "", "trace.to: the key is missing"),
    ("from: {a: 2, b: 1}\n", "\n", "trace.from: the key is missing"),
    ("format: requests", "format: llm", "known: flows, jobs, swf, batsim, requests"),
    ("{timestamp: when,", "{time: when,", "unknown key \"time\""),
    ("time_unit: ms", "time_unit: h", "known: s, ms, us, ns"),
    ("input: 4 B, output: 100 B", "input: 4", "expected an amount of data with a unit"),
    ("input: 4 B, output: 100 B", "input: 0 B", "found nothing that is moved"),
    ("bytes_per_token", "bytes_per_job", "found bytes_per_job with format: requests"),
    (
      "bytes_per_token: {input: 4 B, output: 100 B}\n", "\n",
      "found none of bytes_per_token, expected one"
    ),
    ("time_factor: 0.5", "time_factor: 0", "expected more than zero"),
    ("repeat_until: 30 min", "repeat_until: 10 s", "not after start"),
    ("repeat_until: 30 min", "repeat_until: 30 min\n      repeat: 3", "at most one of them"),
    ("repeat_until: 30 min\n", "\n", "found period without repeat or repeat_until"),
    ("repeat_until: 30 min", "repeat: 0", "expected more than zero"),
    ("file: t.csv\n", "file: u.csv\n", "u.csv\" can't be read: No such file"),
    ("lenient: true", "lenient: maybe", "expected true or false"),
    ("lenient: true", "lenyent: true", "did you mean \"lenient\"?"),
    ("name: log, ", "name: trace-1, ", "a second trace \"trace-1\""),
    ("format: swf, ", "format: swf, columns: {job: id}, ", "columns with format: swf"),
    ("format: swf, ", "format: swf, time_unit: s, ", "time_unit with format: swf"),
    ("columns: {flow: id}", "from: a", "found from with format: flows"),
    ("columns: {flow: id}", "bytes_per_job: {input: 1 B}", "bytes_per_job with format: flows"),
  ])
  func aMistakeIsToldWhereItIs(part: String, change: String, expected: String) throws {
    let text = try problems(Self.good.replacing(part, with: change, maxReplacements: 1))
      .joined(separator: "\n")
    #expect(text.contains(expected), "\(text)")
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("s.yaml:") }, "\(text)")
  }

  /// A trace of flows whose columns, times and sizes are changed, and the same flows in place.
  @Test func reshapedFlowsAreThoseThatAreListed() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "id,begins_ms,a,b,bytes,note\n1,2000,x,y,1000000,n\nbad\n2,2500,x,y,3000000,n\n",
      to: "u.csv")
    func outcome(_ traffic: String) throws -> (Double, Double, Int, [Double]) {
      let file = try folder.write(
        """
        scenario: s
        network: {links: [{name: l, from: x, to: y, capacity: 8 Mbps}]}
        traffic:
        \(traffic)

        """, to: "s.yaml")
      let run = try Run(ScenarioFile.load(path: file).model)
      while try run.advance(instants: 100) {}
      let outcome = try run.finish()
      let wanted = ["fct_mean", "fct_max", "bytes_delivered", "simulated"]
      return (
        outcome.summary.rows.first { $0.metric == "f/rows" }?.value ?? .nan,
        outcome.summary.rows.first { $0.metric == "f/rows_skipped" }?.value ?? .nan,
        outcome.finishedFlows,
        wanted.map { name in outcome.summary.rows.first { $0.metric == name }?.value ?? .nan }
      )
    }
    let trace = try outcome(
      """
        - trace:
            {file: u.csv, name: f, columns: {flow: id, timestamp: begins_ms, source: a, target: b},
             start: 1 s, time_factor: 2, size_factor: 0.5, repeat: 2, period: 4 s, lenient: true}
      """)
    let listed = try outcome(
      """
        - flows:
            - {flow: a, start: 1 s, from: x, to: y, size: 0.5 MB}
            - {flow: b, start: 2 s, from: x, to: y, size: 1.5 MB}
            - {flow: c, start: 5 s, from: x, to: y, size: 0.5 MB}
            - {flow: d, start: 6 s, from: x, to: y, size: 1.5 MB}
      """)
    #expect(trace.0 == 4 && trace.1 == 1 && trace.2 == 4)
    #expect(trace.3 == listed.3 && listed.2 == 4)
  }
}
