// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
internal import EventKernel
internal import Scenario
public import Scheduling

/// `cpnsim show allocation`: which part of the time jobs are to run on accelerators of which type.
struct ShowAllocation: Command {
  static let name = "allocation"
  static let abstract = "Tell how jobs best share accelerators of several types."
  static let discussion = """
    Without --objective it compares the allocations that are best by each, and that of equal \
    shares; with one, it lists what each job has of each type. With --round the jobs also run to \
    their ends, by rounds that follow the allocation. docs/allocation.md tells what a file has.
    """
  static let examples = [
    Example(
      "cpnsim show allocation Scenarios/fleets/three-types.yaml", "Compare the objectives."),
    Example(
      "cpnsim show allocation Scenarios/fleets/three-types.yaml --objective max-min --format json",
      "Print the shares with all digits."),
    Example(
      "cpnsim show allocation Scenarios/fleets/three-types.yaml --round '6 min'",
      "Tell when the jobs would be done."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("file", \.file, "The file of jobs and accelerators.").taking("file", .scenario),
      .option("objective", \.objective, "What the allocation is best at; else all are compared."),
      .option("round", \.round, "Run the jobs by rounds of this length.").taking("time"),
      .option(
        "renewal", \.renewal,
        "With --round: work shares out again when jobs have come or gone, at most this often; 32 min."
      ).taking("time"),
      .format(\.format),
    ]
  }

  var file = ""
  var objective: AllocationObjective?
  var round: SimDuration?
  var renewal: SimDuration?
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    if renewal != nil, round == nil {
      throw UsageError.other("--renewal goes with --round only")
    }
    let fleet = try SharedFleetFile.load(path: file)
    let rounds = round.map {
      SharedFleet.Rounds(length: $0.seconds, renewal: (renewal ?? Self.usualRenewal).seconds)
    }
    if let objective {
      let listing = try AllocationListing(fleet, objective, rounds)
      try StandardOutput.write(listing.text(as: format))
    } else {
      try StandardOutput.write(
        AllocationComparison.listing(fleet, rounds).text(as: format))
    }
    return .done
  }

  /// What Gavel's simulator takes.
  private static let usualRenewal = SimDuration(nanoseconds: 1_920_000_000_000)
}

extension AllocationObjective: ArgumentValue {}
