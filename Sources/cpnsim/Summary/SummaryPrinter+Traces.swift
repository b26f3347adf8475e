// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Session
internal import Simulator
internal import Traces
internal import Traffic

// What people want to know of traces of requests and jobs.

extension SummaryPrinter {
  func traces() -> String { requestTraces() + jobTraces() + answers() }

  /// Generators whose flows are answered.
  private func answers() -> String {
    let all = finished.outcome.traces.filter { $0.content == .answered }
    guard !all.isEmpty else { return "" }
    var table = TerminalTable(["answers to", "answered", "response mean", "p50", "p99"])
    for trace in all {
      table.append([
        trace.name ?? "-", number(Double(trace.finished)), seconds(trace.response.mean),
        seconds(trace.response.p50), seconds(trace.response.p99),
      ])
    }
    return table.rendered()
  }

  private func requestTraces() -> String {
    let all = finished.outcome.traces.filter { $0.content == .requests }
    guard !all.isEmpty else { return "" }
    var table = TerminalTable([
      "requests of", "rows", "skipped", "tokens in", "tokens out", "answered", "response mean",
      "p99",
    ])
    for trace in all {
      table.append([
        trace.name ?? "-", number(Double(trace.account.rows)),
        number(Double(trace.skipped.count)), number(trace.account.tokensIn),
        number(trace.account.tokensOut), number(Double(trace.finished)),
        seconds(trace.response.mean), seconds(trace.response.p99),
      ])
    }
    return table.rendered()
  }

  private func jobTraces() -> String {
    let all = finished.outcome.traces.filter { $0.content == .jobs }
    guard !all.isEmpty else { return "" }
    var table = TerminalTable([
      "jobs of", "rows", "skipped", "processor time", "over", "response mean", "p99",
    ])
    for trace in all {
      table.append([
        trace.name ?? "-", number(Double(trace.account.rows)),
        number(Double(trace.skipped.count)), seconds(trace.account.processorSeconds),
        number(Double(trace.finished)), seconds(trace.response.mean),
        seconds(trace.response.p99),
      ])
    }
    return table.rendered()
  }
}
