// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Traces whose rows are in no order, and are put into one.
@Suite struct SortedTraceTests {
  /// A kind of trace: its head, a row by its time, and what a scenario says of it.
  struct Kind: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var head: String
    var row: @Sendable (Int, Int) -> String
    var keys: String
  }

  private static let moves = "from: a, to: b"
  static let kinds = [
    Kind(
      testDescription: "flows", head: "flow,start_s,source,target,bytes\n",
      row: { "\($0),\($1),a,b,1e6\n" }, keys: ""),
    Kind(
      testDescription: "requests", head: "timestamp_s,input_tokens,output_tokens\n",
      row: { "\($1),\(100 + $0),10\n" },
      keys: "format: requests, \(moves), bytes_per_token: {input: 1 kB}"),
    Kind(
      testDescription: "json lines", head: "",
      row: { #"{"timestamp_s": \#($1), "input_tokens": \#(100 + $0), "output_tokens": 1}"# + "\n" },
      keys: "format: requests, \(moves), bytes_per_token: {input: 1 kB}"),
    Kind(
      testDescription: "jobs",
      head: "job_id,submission_time,requested_number_of_resources,execution_time\n",
      row: { "j\($0),\($1),\($0 + 1),5\n" },
      keys: "format: jobs, \(moves), bytes_per_processor: {input: 1 MB}"),
    Kind(
      testDescription: "swf", head: "; Version: 2.2\n",
      row: { "\($0 + 1) \($1) -1 5 2 -1 -1 2 -1 -1 1 1 1 1 1 1 -1 -1\n" },
      keys: "format: swf, \(moves), bytes_per_job: {input: 1 MB}"),
  ]

  private func scenario(_ kind: Kind, _ more: String) -> String {
    """
    scenario: sorted
    network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps, two_way: true}]}
    traffic:
      - trace: {file: t.txt, \(kind.keys.isEmpty ? "" : kind.keys + ", ")\(more)}
    outputs: [summary, flows]

    """
  }

  private func flows(_ kind: Kind, times: [(Int, Int)], _ more: String) throws -> String {
    let workspace = try Workspace()
    try workspace.write(kind.head + times.map(kind.row).joined(), to: "t.txt")
    try workspace.write(scenario(kind, more), to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try workspace.text(of: "out/flows.csv")
  }

  /// Numbers and times, two rows an instant, far from their order.
  private static let shuffled = (0..<200).map { ($0, ($0 * 73 % 200) / 2) }

  @Test(
    arguments: kinds, ["sort: true", "sort: true, repeat: 3", "sort: true, time_factor: 0.5"])
  func rowsAreTakenInOrderOfTime(kind: Kind, more: String) throws {
    // Stable: rows of one instant keep their order.
    let sorted = Self.shuffled.enumerated()
      .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element)
    let unsortedFile = try flows(kind, times: Self.shuffled, more)
    let sortedFile = try flows(
      kind, times: sorted, more.replacingOccurrences(of: "sort: true", with: "sort: false"))
    #expect(unsortedFile == sortedFile)
    #expect(unsortedFile.split(separator: "\n").count > 200)
  }

  @Test(arguments: kinds) func withoutItTheErrorSaysTheMend(kind: Kind) throws {
    let workspace = try Workspace()
    try workspace.write(kind.head + [(0, 5), (1, 4)].map(kind.row).joined(), to: "t.txt")
    try workspace.write(scenario(kind, "sort: false"), to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("t.txt:\(kind.head.isEmpty ? 2 : 3): "))
    #expect(outcome.errors.contains("sort: true"))
  }

  @Test func badLinesAreToldByTheirOwnLine() throws {
    let kind = Self.kinds[0]
    let workspace = try Workspace()
    try workspace.write(kind.head + "1,9,a,b,1e6\n2,x,a,b,1\n3,4,a,b,1e6\n", to: "t.txt")
    try workspace.write(scenario(kind, "sort: true"), to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml").errors.contains("t.txt:3: start_s: expected"))
    try workspace.write(scenario(kind, "sort: true, lenient: true, repeat: 2"), to: "s.yaml")
    let lenient = try workspace.cpnsim("run", "s.yaml", "--format", "csv")
    #expect(lenient.output.contains("flows_finished,4,"))
    #expect(lenient.errors.contains("skipped 1 line"))
  }

  @Test func aTraceIsSummedUpInOrder() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.kinds[0].head + "1,9,a,b,1e6\n2,1,a,b,1e6\n3,4,a,b,1e6\n", to: "t.txt")
    let refused = try workspace.cpnsim("show", "trace", "t.txt")
    #expect(refused.code == 2 && refused.errors.contains("--sort with show trace"))
    let outcome = try workspace.cpnsim("show", "trace", "t.txt", "--sort", "--format", "csv")
    #expect(outcome.output.contains("gap,max,5,s"))
    #expect(outcome.output.contains("trace,first,1,s"))
  }
}
