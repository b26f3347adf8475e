// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Light
internal import NetworkModel
internal import Planning
internal import Results
internal import Simulator
internal import Text

/// What `plan --failures` does: looks at all failures, simulates the worst, prints and writes.
struct SurvivabilityReport {
  private let command: PlanCommand
  private let scenario: PlannedScenario
  private let model: Model

  init(_ command: PlanCommand, _ scenario: PlannedScenario, _ model: Model) {
    self.command = command
    self.scenario = scenario
    self.model = model
  }

  func write(_ kind: FailureKind) throws -> ExitCode {
    guard !Failure.all(kind, of: model).isEmpty else {
      throw UsageError.other(
        "'\(model.name)' has no fibre and no link between two places, so nothing can fail")
    }
    let found = try command.watched("failures") { watch in
      Survivability(of: model, kind: kind, by: measure, jobs: command.threads, watch)
    }
    let confirmed = try confirmed(found)
    try show(found, confirmed)
    try command.write(
      [
        ("failures.csv", SurvivabilityListing.listing(of: found.effects)),
        ("pairs.csv", SurvivabilityListing.pairs(of: found.effects)),
      ] + (confirmed.isEmpty ? [] : [("confirmed.csv", SurvivabilityListing.confirmed(confirmed))]))
    return .done
  }

  private func confirmed(_ found: Survivability) throws -> [ConfirmedFailure] {
    guard let count = command.confirm else { return [] }
    let confirmed = try command.watched("simulations") { watch in
      try ConfirmedFailure.all(
        Array(found.effects.prefix(count)), of: scenario, found.screening, jobs: command.threads,
        watch)
    }
    guard measure.isOfRuns else { return confirmed }
    return confirmed.sorted { ConfirmedFailure.isWorse($0, $1, by: measure) }
  }

  private var measure: FailureMeasure { command.measure ?? .traffic }

  private func show(_ found: Survivability, _ confirmed: [ConfirmedFailure]) throws {
    let effects = found.effects.prefix(command.shown)
    switch command.format {
    case .table:
      let parts =
        [SurvivabilityListing.people(effects).table, remark(found)]
        + (confirmed.isEmpty ? [] : ["\n", SurvivabilityListing.confirmed(confirmed).table])
      try StandardOutput.write(parts.joined())
    case .csv:
      try StandardOutput.write(SurvivabilityListing.listing(of: effects).csv)
    case .json:
      let json = JSON.object([
        ("failures", SurvivabilityListing.listing(of: effects).json),
        ("confirmed", SurvivabilityListing.confirmed(confirmed).json),
        ("not_looked_at", .array(found.screening.traffic.leftOut.map { .string($0) })),
      ])
      try StandardOutput.write(json.prettyText)
    }
  }

  private func remark(_ found: Survivability) -> String {
    let count = counted(found.effects.count, "failure")
    let leftOut = found.screening.traffic.leftOut
    let text =
      "\(count), each at \(counted(found.hourCount, "hour")) of the day"
      + (leftOut.isEmpty ? "" : "; not looked at: \(leftOut.joined(separator: ", "))")
    return text.foldedToTerminal + "\n"
  }
}

/// What `plan --availability` does.
struct AvailabilityAnswer {
  private let command: PlanCommand
  private let model: Model

  init(_ command: PlanCommand, _ model: Model) {
    self.command = command
    self.model = model
  }

  func write() throws -> ExitCode {
    guard !model.light.plant.fibres.isEmpty else {
      throw UsageError.other(
        "the network of '\(model.name)' has no fibres, and nobody says how often its links fail")
    }
    let report = AvailabilityReport(of: model)
    let shown = AvailabilityListing.pairs(report.pairs.prefix(command.shown))
    let services = AvailabilityListing.services(report)
    switch command.format {
    case .table:
      let tables = [
        AvailabilityListing.services(report, forPeople: true),
        AvailabilityListing.pairs(report.pairs.prefix(command.shown), forPeople: true),
      ]
      try StandardOutput.write(
        (tables.map(\.table) + [remark(report)]).joined(separator: "\n"))
    case .csv: try StandardOutput.write(shown.csv)
    case .json:
      try StandardOutput.write(
        JSON.object([("services", services.json), ("pairs", shown.json)]).prettyText)
    }
    try command.write([
      ("availability.csv", AvailabilityListing.pairs(report.pairs)), ("services.csv", services),
    ])
    return .done
  }

  private func remark(_ report: AvailabilityReport) -> String {
    let source =
      report.rates.areGiven
      ? "rates: light.failures of the scenario"
      : "rates: 2.73 cuts a year of 1,000 km, 12 h to repair (To and Neusy 1994), as light.failures is absent"
    return "\(counted(report.pairs.count, "pair")) of places; \(source)\n"
  }
}
