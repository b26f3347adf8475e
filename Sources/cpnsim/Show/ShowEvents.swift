// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Results
internal import Scenario
internal import Session
internal import Simulator

/// `cpnsim show events`: lists events of a run in their order, each with the digest behind it.
struct ShowEvents: Command {
  static let name = "events"
  static let abstract = "List events of a run in their order, each with the digest behind it."
  static let discussion = """
    Two programs, or two scenarios, that run alike up to some event list the same up to there: the \
    first line that differs is what one does otherwise. Events that only look at a run, such as \
    samples, are no part of its digest, and are not listed.
    """
  static let examples = [
    Example("cpnsim show events Scenarios/ring.yaml", "List the first events."),
    Example(
      "cpnsim show events Scenarios/ring.yaml --after 4 --count 10 --format csv",
      "List ten from the fifth on."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .scenario(\.scenario),
      .settings(\.settings),
      .removals(\.removals),
      .option("after", \.after, "How many events to pass over."),
      .option("count", \.count, "How many events to list at most."),
      .format(\.format),
    ]
  }

  var scenario = ""
  var settings: [String] = []
  var removals: [String] = []
  var after = 0
  var count = 100
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    guard after >= 0 else { throw UsageError.other("--after: expected 0 or more, found \(after)") }
    guard (1...10_000_000).contains(count) else {
      throw UsageError.other("--count: expected 1 to 10000000, found \(count)")
    }
    let loaded = try ScenarioFile.load(path: scenario, settings: settings, removing: removals)
    StandardError.write(warnings: loaded.warnings)
    let events = try Interrupt.heeding {
      try EventWindow(after: after, count: count).events(of: loaded) { !Interrupt.isRequested }
    }
    try StandardOutput.write(listing(events).text(as: format))
    return .done
  }

  private func listing(_ events: [DigestedEvent]) -> Listing {
    var listing = Listing(["event", .init("time", "time_s"), "what", "digest"])
    for event in events {
      listing.append([
        .count(event.number), .instant(event.time), .text(event.what),
        .text(event.digest.description),
      ])
    }
    return listing
  }
}
