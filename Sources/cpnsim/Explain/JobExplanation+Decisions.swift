// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Results
internal import Simulator
internal import Text

// What a policy was asked about a job, and what it said.

extension JobExplanation {
  /// A decision for people.
  func text(of decision: PlacementDecision, number: Int) -> String {
    var text = folded(
      "decision \(number) at \(Cell.instant(decision.at).shown): \(decision.answer.words)")
    text += folded(decision.reason)
    // A job that waits is asked about hour by hour, and little changes in between.
    guard number == 1 || number == probe.decisions.count || mostCandidates == nil else {
      return text
    }
    if !decision.candidates.isEmpty {
      text += candidates(of: decision).table
      let hidden = decision.candidates.count - shown(decision).count
      if hidden > 0 {
        text += folded("and \(counted(hidden, "pool")) more, with --all")
      }
    }
    let alternatives = alternatives(to: decision)
    if !alternatives.rows.isEmpty { text += "\n" + alternatives.table }
    let exclusions = exclusions(of: decision)
    if !exclusions.rows.isEmpty, number == 1 || mostCandidates == nil {
      text += "\n" + exclusions.table
    }
    return text
  }

  func json(of decision: PlacementDecision) -> JSON {
    var members: [(String, JSON)] = [
      ("at_s", Cell.instant(decision.at).json), ("answer", .string(decision.answer.name)),
    ]
    switch decision.answer {
    case .placed(let pool): members.append(("pool", .string(pool)))
    case .waits(let until):
      members.append(("until_s", until.map { Cell.instant($0).json } ?? .null))
    case .refused(let reason): members.append(("why", .string(reason)))
    }
    return .object(
      members + [
        ("reason", .string(decision.reason)), ("candidates", candidates(of: decision).json),
        ("candidates_of", .integer(Int64(decision.candidates.count))),
        ("alternatives", alternatives(to: decision).json),
        ("excluded", exclusions(of: decision).json),
      ])
  }

  private func shown(_ decision: PlacementDecision) -> [PlacementDecision.Candidate] {
    mostCandidates.map { decision.candidates(atMost: $0) } ?? decision.candidates
  }

  private func candidates(of decision: PlacementDecision) -> Listing {
    let shown = shown(decision)
    let isBehind = shown.contains { $0.actual != nil }
    var headings: [Listing.Heading] = [
      .init("", "taken"), .init("pool"), .init("delay", "delay_s"), .init("input", "transfer_s"),
      .init("free"), .init("queue", "waiting"), .init("wait", "wait_s"), .init("starts", "start_s"),
      .init("over", "end_s"), .init("yuan"), .init("kg", "carbon_kg"),
    ]
    if isBehind {
      headings += [.init("really", "actual_free"), .init("queue", "actual_waiting")]
    }
    var listing = Listing(headings)
    for candidate in shown {
      var cells = cells(of: candidate, at: decision.at)
      if isBehind {
        cells += [
          candidate.actual.map { .count($0.free) } ?? .absent,
          candidate.actual.map { .count($0.waiting) } ?? .absent,
        ]
      }
      listing.append(cells)
    }
    return listing
  }

  private func cells(of candidate: PlacementDecision.Candidate, at now: SimTime) -> [Cell] {
    [
      .text(candidate.isTaken ? "*" : candidate.isBeyondBound ? "far" : ""),
      .text(candidate.pool), .duration(candidate.delay), .seconds(candidate.transfer),
      .count(candidate.free), .count(candidate.waiting), .seconds(candidate.wait),
      candidate.isOut ? .absent : .duration(candidate.start - now),
      candidate.isOut ? .absent : .duration(candidate.end - now),
      candidate.yuan.isNaN ? .absent : .precise(candidate.yuan),
      candidate.carbon_kg.isNaN ? .absent : .precise(candidate.carbon_kg),
    ]
  }

  private func alternatives(to decision: PlacementDecision) -> Listing {
    var listing = Listing([
      .init("best of the others by", "measure"), .init("pool"), .init("over later", "later_s"),
      .init("yuan more", "yuan"), .init("kg more", "carbon_kg"),
    ])
    for other in decision.alternatives {
      listing.append([
        .text(other.measure.rawValue), .text(other.pool), .seconds(other.later.seconds),
        other.yuan.isNaN ? .absent : .precise(other.yuan),
        other.carbon_kg.isNaN ? .absent : .precise(other.carbon_kg),
      ])
    }
    return listing
  }

  private func exclusions(of decision: PlacementDecision) -> Listing {
    var listing = Listing([.init("could not run it, since", "why"), .init("pools")])
    for (why, pools) in decision.excluded { listing.append([.text(why.words), .count(pools)]) }
    return listing
  }

  private func folded(_ text: String) -> String {
    text.foldedToTerminal + "\n"
  }
}

extension PlacementDecision.Answer {
  fileprivate var words: String {
    switch self {
    case .placed(let pool): "it goes to \(pool)"
    case .waits(let until):
      until.map { "it waits until \(Cell.instant($0).shown)" } ?? "it waits for a change"
    case .refused(let reason): "it is refused (\(reason))"
    }
  }

  fileprivate var name: String {
    switch self {
    case .placed: "placed"
    case .waits: "waits"
    case .refused: "refused"
    }
  }
}

extension PoolExclusion {
  fileprivate var words: String {
    switch self {
    case .accelerators: "no accelerators for jobs"
    case .level: "a lower security level"
    case .other: "the scenario names another pool"
    case .notJoined: "not joined to the network"
    case .type: "another type of accelerators"
    case .fabric: "no fabric that it can train on"
    case .reach: "no way there and back"
    case .latency: "beyond its bound on the latency"
    case .size: "too few accelerators"
    case .booking: "no start and windows to book in time"
    }
  }
}
