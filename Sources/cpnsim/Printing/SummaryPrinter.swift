// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Results
internal import Session
internal import Simulator
internal import Text

/// The summary of a run as text for people, for spreadsheets or for programs.
///
/// What there is to tell, and in which order, the run has said itself.
struct SummaryPrinter {
  let finished: FinishedRun
  let model: Model
  /// The folder that was written; nil where there is none.
  var folder: String?

  func text(as format: OutputFormat) -> String {
    switch format {
    case .table: table
    // Without the wall clock: the same run prints the same.
    case .csv: finished.outcome.summary.listing.csv
    case .json: json
    }
  }

  private var json: String {
    JSON.object([
      ("scenario", .string(model.name)),
      ("seed", .raw(String(model.seed))),
      ("digest", .string(finished.outcome.digest.description)),
      ("wall_s", .number(finished.wallSeconds)),
      ("findings", .array(finished.findings.map { $0.json(in: folder ?? "RUN") })),
      ("summary", finished.outcome.summary.json),
    ]).prettyText
  }

  private var table: String {
    let outcome = finished.outcome
    let title = "\(model.name), seed \(model.seed), digest \(outcome.digest)\n"
    let sections = outcome.sections.all.map { $0.parts.map(text).joined() }
    return
      ([
        title + outcome.remarks.joined().linesFoldedToTerminal, findings, metrics.table, spreads,
      ] + sections)
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What is worth reading first, each with the command that shows more.
  private var findings: String {
    let folder = folder ?? "RUN"
    let lines = finished.findings.map { finding in
      ("- " + finding.text).foldedToTerminal + "\n"
        + (finding.command(in: folder).map { "  \($0)\n" } ?? "")
    }
    let needsFolder = self.folder == nil && finished.findings.contains { $0.command != nil }
    let hint = needsFolder ? "RUN is a folder that 'cpnsim run SCENARIO --out RUN' writes.\n" : ""
    return lines.joined() + hint
  }

  private var metrics: Listing {
    var metrics = finished.outcome.summary.forPeople
    metrics.append([.text("wall"), .seconds(finished.wallSeconds)])
    return metrics
  }

  private var spreads: String {
    let spreads = finished.outcome.summary.spreadsForPeople
    return spreads.rows.isEmpty ? "" : spreads.table
  }

  private func text(of part: ShownSection.Part) -> String {
    switch part {
    case .table(let listing): listing.table
    case .text(let lines): lines.linesFoldedToTerminal
    }
  }
}
