// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Scheduling

/// What `show allocation` prints of several objectives: a row each, by the measures of all.
enum AllocationComparison {
  static func listing(
    _ fleet: SharedFleet, _ rounds: SharedFleet.Rounds?
  ) throws(AllocationError) -> Listing {
    var listing = Listing(headings(fleet, rounds))
    for objective in AllocationObjective.allCases {
      // Where nobody has said what jobs have to do, there is no makespan and nothing to compare.
      if objective == .minMakespan, fleet.jobs.contains(where: { $0.steps == nil }) { continue }
      listing.append(
        try cells(objective.rawValue, fleet, rounds) { (fleet) throws(AllocationError) in
          try fleet.allocation(for: objective)
        })
    }
    listing.append(
      try cells("equal-share", fleet, rounds) { (fleet) throws(AllocationError) in
        fleet.equalShares()
      })
    return listing
  }

  private static func headings(
    _ fleet: SharedFleet, _ rounds: SharedFleet.Rounds?
  ) -> [Listing.Heading] {
    var headings: [Listing.Heading] = [
      .init("best at", "objective"), .init("least of equal share", "max_min"),
      .init("steps/s", "max_sum"), .init("makespan", "min_makespan_s"),
    ]
    guard rounds != nil else {
      return headings + fleet.types.map { .init("\($0.name) in use", "\($0.name)_used") }
    }
    headings += [
      .init("by rounds: mean time", "mean_completion_s"), .init("last end", "last_end_s"),
    ]
    return headings + fleet.types.map { .init("\($0.name) hours", "\($0.name)_hours") }
  }

  private static func cells(
    _ name: String, _ fleet: SharedFleet, _ rounds: SharedFleet.Rounds?,
    _ allocate: (SharedFleet) throws(AllocationError) -> Allocation
  ) throws(AllocationError) -> [Cell] {
    let allocation = try allocate(fleet)
    let makespan = fleet.value(of: .minMakespan, in: allocation)
    let measures: [Cell] = [
      .text(name), .precise(fleet.value(of: .maxMin, in: allocation)),
      .precise(fleet.value(of: .maxSum, in: allocation)),
      makespan.isFinite ? .seconds(makespan) : .absent,
    ]
    guard let rounds else {
      return measures
        + fleet.types.indices.map { .precise(fleet.use(ofType: $0, in: allocation)) }
    }
    let outcome = try fleet.outcome(by: rounds, allocate)
    return measures
      + [.seconds(fleet.meanTime(of: outcome)), .seconds(outcome.lastEnd)]
      + outcome.used.map { .precise($0 / 3600) }
  }
}
