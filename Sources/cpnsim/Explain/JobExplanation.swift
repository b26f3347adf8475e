// SPDX-License-Identifier: GPL-3.0-or-later

internal import Compute
internal import EventKernel
internal import Results
internal import Simulator
internal import Text

/// What `explain` prints of a job: where its time and its money went, and why it ran where it did.
struct JobExplanation: Explanation {
  let probe: JobProbe
  let facts: JobProbe.Facts
  /// How many candidates of a decision are shown at most; nil for all.
  let mostCandidates: Int?
  /// Likewise of the stretches of its life.
  let mostRows: Int?

  /// The totals are sums over it.
  var rows: Listing { timeline }

  var people: String {
    var text = headFacts.listing(leavingOutEmpty: true).table
    if !totals.rows.isEmpty { text += "\n" + totals.table }
    if !queues.rows.isEmpty { text += "\n" + queues.table }
    if !periods.rows.isEmpty { text += "\n" + periods.table }
    if stretches.count > totals.rows.count { text += "\n" + timeline.table }
    for (number, decision) in probe.decisions.enumerated() {
      text += "\n" + self.text(of: decision, number: number + 1)
    }
    return text
  }

  var json: JSON {
    .object(
      headFacts.members + [
        ("totals", totals.json), ("queues", queues.json), ("energy", periods.json),
        ("timeline", timeline.json),
        ("decisions", .array(probe.decisions.map(json))),
      ])
  }

  // MARK: - The job

  private var headFacts: Facts {
    func instant(_ time: SimTime?) -> Cell { time.map { .instant($0) } ?? .absent }
    func amount(_ value: Double, _ unit: String) -> Cell {
      value.isNaN ? .absent : .quantity(value, unit)
    }
    return Facts(all: [
      (.init("job"), .text(probe.job)), (.init("workload"), .text(facts.workload)),
      (.init("tenant"), .text(facts.tenant)), (.init("pool"), .text(facts.pool)),
      (.init("type", "accelerator"), .text(facts.accelerator)),
      (.init("accelerators"), .count(facts.accelerators)),
      (.init("submitted", "submitted_s"), .instant(facts.submitted)),
      (.init("started", "started_s"), instant(facts.started)),
      (.init("finished", "finished_s"), instant(facts.finished)),
      (.init("deadline", "deadline_s"), instant(facts.deadline)),
      (.init("state"), .text(facts.state)), (.init("reason"), .text(facts.reason)),
      (.init("stops"), facts.stops > 0 ? .count(facts.stops) : .absent),
      (.init("restarts"), facts.restarts > 0 ? .count(facts.restarts) : .absent),
      (.init("energy", "kwh"), amount(facts.kWh, "kWh")),
      (.init("cost", "yuan"), amount(facts.yuan, "yuan")),
      (.init("carbon", "carbon_kg"), amount(facts.carbon_kg, "kg")),
      (.init("paid", "paid_yuan"), amount(facts.paid_yuan, "yuan")),
    ])
  }

  // MARK: - Its time

  private var totals: Listing {
    var listing = Listing([
      .init("where its time went", "phase"), .init("time", "time_s"), .init("share"),
    ])
    for total in probe.totals {
      var words = total.phase.words
      if let cap = total.cap {
        words += ", under a cap of " + formatted(cap.watts / 1000, unit: "kW")
      }
      listing.append([.text(words), .duration(total.time), .share(total.share)])
    }
    return listing
  }

  /// What stood before it each time that it joined a queue.
  private var queues: Listing {
    var listing = Listing([
      .init("joined a queue at", "at_s"), .init("jobs before", "jobs_before"),
      .init("ask for", "before_accelerator_h"), .init("running"),
      .init("have left", "running_accelerator_h"),
    ])
    for stretch in probe.stretches {
      guard let queue = stretch.queue else { continue }
      listing.append([
        .instant(stretch.from), .count(queue.waiting),
        .quantity(queue.waitingWork / 3600, "accelerator-h"), .count(queue.running),
        .quantity(queue.runningWork / 3600, "accelerator-h"),
      ])
    }
    return listing
  }

  /// Those that are shown.
  private var stretches: [JobProbe.Stretch] {
    guard let mostRows, probe.stretches.count > mostRows else { return probe.stretches }
    return Array(probe.stretches.prefix(mostRows))
  }

  private var timeline: Listing {
    var listing = Listing([
      .init("from", "from_s"), .init("to", "to_s"), .init("what", "phase"), .init("pool"),
      .init("speed"), .init("energy", "kwh"), .init("cost", "yuan"), .init("carbon", "carbon_kg"),
    ])
    for stretch in stretches {
      let spends = probe.spends.filter { stretch.from <= $0.from && $0.to <= stretch.to }
      var speed = Cell.absent
      if case .running(let part) = stretch.phase { speed = .share(part) }
      listing.append(
        [
          .instant(stretch.from), .instant(stretch.to), .text(stretch.phase.name),
          stretch.pool.isEmpty ? .absent : .text(stretch.pool), speed,
        ] + amounts(spends))
    }
    return listing
  }

  // MARK: - Its money

  private var periods: Listing {
    var listing = Listing([
      .init("power at", "period"), .init("energy", "kwh"), .init("cost", "yuan"),
      .init("carbon", "carbon_kg"),
    ])
    guard !facts.kWh.isNaN else { return listing }
    for spend in probe.periods { listing.append([.text(spend.period.rawValue)] + amounts([spend])) }
    return listing
  }

  private func amounts(_ spends: [JobProbe.Spend]) -> [Cell] {
    guard !spends.isEmpty else { return [.absent, .absent, .absent] }
    let isPriced = !facts.yuan.isNaN
    return [
      .quantity(spends.reduce(0) { $0 + $1.kWh }, "kWh"),
      isPriced ? .quantity(spends.reduce(0) { $0 + $1.yuan }, "yuan") : .absent,
      isPriced ? .quantity(spends.reduce(0) { $0 + $1.carbon_kg }, "kg") : .absent,
    ]
  }
}

extension JobProbe.Phase {
  var words: String {
    switch self {
    case .deciding: "waiting for a decision"
    case .input: "input on its way"
    case .queued: "in the queue"
    case .running(let speed): speed == 1 ? "running" : "running at \(formatted(percentOf: speed))"
    case .output: "output on its way"
    }
  }

  var name: String {
    switch self {
    case .deciding: "deciding"
    case .input: "input"
    case .queued: "queued"
    case .running: "running"
    case .output: "output"
    }
  }
}
