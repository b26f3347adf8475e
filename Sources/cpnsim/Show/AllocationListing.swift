// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import FlowMath
internal import Results
internal import Scheduling
internal import Text

/// What `show allocation` prints of one objective: a row a job, and for all what it comes to.
struct AllocationListing {
  private let fleet: SharedFleet
  private let objective: AllocationObjective
  private let allocation: Allocation
  private let outcome: RoundOutcome?

  init(
    _ fleet: SharedFleet, _ objective: AllocationObjective, _ rounds: SharedFleet.Rounds?
  ) throws(AllocationError) {
    self.fleet = fleet
    self.objective = objective
    allocation = try fleet.allocation(for: objective)
    guard let rounds else {
      outcome = nil
      return
    }
    outcome = try fleet.outcome(by: rounds) { (fleet) throws(AllocationError) in
      try fleet.allocation(for: objective)
    }
  }

  func text(as format: OutputFormat) -> String {
    switch format {
    case .table: jobs.table + "\n" + types.table + "\n" + sentences.map { $0 + "\n" }.joined()
    case .csv: jobs.csv
    case .json: json.prettyText
    }
  }

  // MARK: - For people and spreadsheets

  private var jobs: Listing {
    var listing = Listing(
      [
        .init("job"), .init("accelerators"), .init("steps/s", "steps_per_s"),
        .init("of equal share", "of_equal_share"),
      ] + fleet.types.map { .init($0.name, "\($0.name)_share") }
        + (outcome == nil ? [] : [.init("end by rounds", "end_s")]))
    for (index, job) in fleet.jobs.enumerated() {
      listing.append(
        [
          .text(job.name), .count(job.accelerators),
          .precise(fleet.speed(ofJob: index, in: allocation)),
          .precise(fleet.fairness(ofJob: index, in: allocation)),
        ] + shares(of: index).map { .share($0) }
          + (outcome.map { [.seconds($0.ends[index])] } ?? []))
    }
    return listing
  }

  private var types: Listing {
    var listing = Listing(
      [.init("type"), .init("accelerators"), .init("in use")]
        + (outcome == nil ? [] : [.init("hours by rounds")]))
    for (index, type) in fleet.types.enumerated() {
      listing.append(
        [
          .text(type.name), .count(type.count),
          .precise(fleet.use(ofType: index, in: allocation)),
        ] + (outcome.map { [.precise($0.used[index] / 3600)] } ?? []))
    }
    return listing
  }

  private var sentences: [String] {
    let value =
      switch objective {
      case .maxMin:
        "\(formatted(digits: 4, of: value)) of an equal share is what the last of the jobs has"
      case .maxSum: "\(formatted(digits: 4, of: value)) steps/s is what all jobs do together"
      case .minMakespan: "\(formatted(seconds: value)) is when the last job is done"
      }
    guard let outcome else { return [value] }
    return [
      value,
      "by rounds the last job is done after \(formatted(seconds: outcome.lastEnd)), and jobs take "
        + "\(formatted(seconds: fleet.meanTime(of: outcome))) in the mean",
    ]
  }

  private var value: Double { fleet.value(of: objective, in: allocation) }

  private func shares(of job: Int) -> ArraySlice<Double> {
    let first = job * fleet.types.count
    return allocation.shares[first..<first + fleet.types.count]
  }

  // MARK: - For programs

  private var json: JSON {
    .object(
      [
        ("objective", .string(objective.rawValue)), ("value", .number(value)),
        ("unit", .string(unit)), ("jobs", .array(fleet.jobs.indices.map(jobJSON))),
        ("types", .array(fleet.types.indices.map(typeJSON))), ("proof", proofJSON),
      ] + (outcome.map { [("rounds", roundsJSON($0))] } ?? []))
  }

  private var proofJSON: JSON {
    .object([
      ("infeasibility", .number(allocation.proof.infeasibility)),
      ("gain_left", .number(allocation.proof.gainLeft)), ("gap", .number(allocation.proof.gap)),
    ])
  }

  private func roundsJSON(_ outcome: RoundOutcome) -> JSON {
    .object([
      ("mean_completion_s", .number(fleet.meanTime(of: outcome))),
      ("last_end_s", .number(outcome.lastEnd)), ("rounds", .integer(Int64(outcome.rounds))),
      ("allocations", .integer(Int64(outcome.allocations))),
    ])
  }

  private var unit: String {
    switch objective {
    case .maxMin: ""
    case .maxSum: "steps/s"
    case .minMakespan: "s"
    }
  }

  private func jobJSON(_ index: Int) -> JSON {
    let shares = zip(fleet.types, shares(of: index)).map { ($0.name, JSON.number($1)) }
    let end: [(name: String, value: JSON)] =
      outcome.map { [("end_s", .number($0.ends[index]))] } ?? []
    return .object(
      [
        ("job", .string(fleet.jobs[index].name)),
        ("accelerators", .integer(Int64(fleet.jobs[index].accelerators))),
        ("steps_per_s", .number(fleet.speed(ofJob: index, in: allocation))),
        ("of_equal_share", .number(fleet.fairness(ofJob: index, in: allocation))),
        ("shares", .object(shares)),
      ] + end)
  }

  private func typeJSON(_ index: Int) -> JSON {
    let hours: [(name: String, value: JSON)] =
      outcome.map { [("hours", .number($0.used[index] / 3600))] } ?? []
    return .object(
      [
        ("type", .string(fleet.types[index].name)),
        ("accelerators", .integer(Int64(fleet.types[index].count))),
        ("used", .number(fleet.use(ofType: index, in: allocation))),
      ] + hours)
  }
}
