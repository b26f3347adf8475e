// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Results
internal import Statistics

/// How the requests of a run fared.
struct RequestStatistics {
  var offered = 0
  var accepted = 0
  /// Those accepted for which light was lit; the others ride on what was there.
  private(set) var lit = 0
  private var blockedBy: [Int]
  /// Those that a program did not want, which count as blocked.
  private var refused = 0
  /// Whether a program is asked.
  private let mayRefuse: Bool
  /// One for each request that counts: 1 where it was blocked.
  private var blocking = BatchMeans()
  private var rateOffered = 0.0
  private var rateBlocked = 0.0
  /// Seconds that requests asked to hold, and those that they held and were down.
  private var heldAsked = 0.0
  private var held = 0.0
  private var heldDown = 0.0
  private var firstStart: SimTime?
  private var lastStart = SimTime.zero

  /// What requests may be blocked for here.
  private let reasons: [BlockReason]

  /// Regenerators can only be missing where somebody counts them.
  init(mayRefuse: Bool, countsRegenerators: Bool) {
    self.mayRefuse = mayRefuse
    reasons = BlockReason.allCases.filter { $0 != .noRegenerator || countsRegenerators }
    blockedBy = Array(repeating: 0, count: BlockReason.allCases.count)
  }

  mutating func offer(_ request: Request) {
    offered += 1
    if firstStart == nil { firstStart = request.start }
    lastStart = request.start
    if let hold = request.hold { heldAsked += hold.seconds }
    if request.isCounted { rateOffered += request.rate }
  }

  mutating func accept(_ request: Request, isNew: Bool) {
    accepted += 1
    if isNew { lit += 1 }
    if request.isCounted { blocking.add(0) }
  }

  mutating func block(_ request: Request, _ reason: BlockReason) {
    if let position = BlockReason.allCases.firstIndex(of: reason) { blockedBy[position] += 1 }
    countBlocked(request)
  }

  mutating func refuse(_ request: Request) {
    refused += 1
    countBlocked(request)
  }

  private mutating func countBlocked(_ request: Request) {
    guard request.isCounted else { return }
    blocking.add(1)
    rateBlocked += request.rate
  }

  mutating func end(held seconds: Double, down: Double) {
    held += seconds
    heldDown += down
  }

  var blocked: Int { offered - accepted }
  var blockingMean: Double { blocking.mean }
  var blockingHalfWidth: Double? { blocking.interval?.halfWidth }

  /// Why most of the blocked ones were; of equals the first.
  var commonReason: BlockReason? {
    guard let most = blockedBy.max(), most > 0 else { return nil }
    return zip(BlockReason.allCases, blockedBy).first { $0.1 == most }?.0
  }

  /// Adds what a reader wants to know of them.
  func describe(in table: inout SummaryTable, prefix: String = "") {
    table.add(prefix + "requests", Double(offered))
    table.add(prefix + "requests_accepted", Double(accepted))
    table.add(prefix + "requests_blocked", Double(blocked))
    for (reason, count) in zip(BlockReason.allCases, blockedBy) where reasons.contains(reason) {
      let name = reason.rawValue.split(separator: "-").joined(separator: "_")
      table.add(prefix + "requests_blocked_" + name, Double(count))
    }
    if mayRefuse { table.add(prefix + "requests_refused", Double(refused)) }
    table.add(prefix + "blocking", blocking.mean)
    table.add(prefix + "blocking_ci95_half", blocking.interval?.halfWidth ?? .nan)
    table.add(prefix + "blocking_of_rate", rateOffered > 0 ? rateBlocked / rateOffered : .nan)
    table.add(prefix + "load_erlang", offeredLoad)
    table.add(prefix + "request_availability", held > 0 ? 1 - heldDown / held : .nan)
  }

  /// Arrival rate times mean holding time over the whole network, as it was drawn.
  private var offeredLoad: Double {
    guard let firstStart, lastStart > firstStart else { return .nan }
    return heldAsked * Double(offered - 1) / Double(offered) / (lastStart - firstStart).seconds
  }
}
