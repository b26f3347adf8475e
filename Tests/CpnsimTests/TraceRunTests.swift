// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Traces of requests in the program itself: sums, bad lines, and what is said of them.
@Suite struct TraceRunTests {
  private func workspace(isLenient: Bool) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2023-11-16 18:17:03.9799600,4808,10
      2023-11-16 18:17:04.0319600,many,8
      2023-11-16 18:17:05.9799600,110,27

      """, to: "t.csv")
    try workspace.write(
      """
      scenario: chat
      network:
        links: [{name: l, from: a, to: b, capacity: 8 Mbps, two_way: true}]
      traffic:
        - trace:
            {file: t.csv, format: requests, name: chat, from: a, to: b, lenient: \(isLenient),
             bytes_per_token: {input: 1 kB, output: 1 kB}}
      outputs: [summary, flows]

      """, to: "s.yaml")
    return workspace
  }

  @Test func aBadLineEndsTheRunAndIsNamed() throws {
    let workspace = try workspace(isLenient: false)
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("t.csv:3: ContextTokens: expected"), "\(outcome.errors)")
    let validated = try workspace.cpnsim("validate", "s.yaml")
    #expect(validated.code == 2 && validated.errors.contains("t.csv:3: ContextTokens: expected"))
  }

  @Test func linesThatAreSkippedAreCountedAndShown() throws {
    let workspace = try workspace(isLenient: true)
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("warning: t.csv: skipped 1 line:\n  t.csv:3: ContextTokens"))
    let summary = try workspace.text(of: "out/summary.csv")
    for line in [
      "chat/rows,2,", "chat/rows_skipped,1,", "chat/tokens_in,4918,", "chat/tokens_out,37,",
      "chat/rows_finished,2,", "bytes_delivered,4955000,B",
      "flows_finished,4,",
    ] {
      #expect(summary.contains(line + "\n"), "\(line)")
    }
    #expect(outcome.output.contains("requests of  rows  skipped  tokens in"))
    let validated = try workspace.cpnsim("validate", "s.yaml")
    #expect(validated.output.contains("t.csv: valid: 4 flows, 4.96 MB"), "\(validated.output)")
    #expect(validated.output.contains(", 1 line skipped"))
    let paths = try workspace.cpnsim("show", "paths", "s.yaml", "--format", "csv")
    #expect(paths.output.split(separator: "\n").count == 3)
  }

  @Test func aFlowOfARequestCanBeExplained() throws {
    let workspace = try workspace(isLenient: true)
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet").code == 0)
    let outcome = try workspace.cpnsim("explain", "out", "flow", "chat-2/out")
    #expect(outcome.code == 0 && outcome.output.contains("27 kB"), "\(outcome)")
  }
}
