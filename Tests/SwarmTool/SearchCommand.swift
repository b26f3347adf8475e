// SPDX-License-Identifier: GPL-3.0-or-later
internal import CommandLine
internal import SwarmKit

/// `swarm search`: one seed after another, until the time is over.
struct SearchCommand: Command {
  static let name = "search"
  static let abstract = "Run random scenarios and check what must hold of each."
  static var parameters: [Parameter<Self>] {
    [
      .option("seconds", \.seconds, "For how long; 0 is without end."),
      .option("count", \.count, "The most scenarios to run; 0 is without end."),
      .option("seed", \.seed, "The first seed; the time of the clock without it."),
      .option("step", \.step, "From one seed to the next, so that several can search at once."),
      .option("out", \.out, "The folder for scenarios that failed.").taking("folder", .directory),
      .option("most", \.most, "The number of failures after which it stops."),
      .flag("tell", \.isTold, "Print each seed before it is run."),
    ]
  }

  var seconds = 30.0
  var count = 0
  var seed: UInt64?
  var step: UInt64 = 1
  var out = "."
  var most = 5
  var isTold = false

  func run() throws -> ExitCode {
    guard let swarm = Swarm() else { throw UsageError.other("no temporary folder can be made") }
    let began = SuspendingClock.now
    // Only which scenarios are looked at hangs on the clock; each follows from its seed.
    var next = seed ?? SearchCommand.seedOfClock
    var tally = Tally()
    try StandardOutput.write("swarm: from seed \(next) on\n")
    while !isOver(since: began, tally), tally.failed < most {
      LastSeed.note(next)
      if isTold { try StandardOutput.write("seed \(next)\n") }
      tally.add(try Trial(seed: next, swarm: swarm, out: out).run())
      next &+= max(1, step)
    }
    let time = (SuspendingClock.now - began) / .seconds(1)
    try StandardOutput.write("swarm: \(tally), in \(Int(time)) s\n")
    return tally.failed > 0 ? .failed : .done
  }

  private func isOver(since began: SuspendingClock.Instant, _ tally: Tally) -> Bool {
    if count > 0, tally.all >= count { return true }
    return seconds > 0 && SuspendingClock.now - began >= .seconds(seconds)
  }

  private static var seedOfClock: UInt64 {
    let since = SuspendingClock.Instant.now.duration(to: SuspendingClock().systemEpoch)
    return UInt64(since.components.seconds.magnitude) &* 1_000_003 % 1_000_000_000
  }
}

/// How the scenarios of a search went.
struct Tally: CustomStringConvertible {
  private(set) var all = 0
  private(set) var events = 0
  private(set) var skipped = 0
  private(set) var failed = 0

  mutating func add(_ result: Swarm.Result) {
    all += 1
    switch result {
    case .sound(let events): self.events += events
    case .skipped: skipped += 1
    case .found: failed += 1
    }
  }

  var description: String {
    "\(all) scenarios, \(events) events, \(skipped) too large, \(failed) failed"
  }
}
