// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Text

/// Says in one sentence why a policy sent a job where it did, with the figures it went by.
struct PlacementReason {
  let terms: PlacementTerms
  var question: PlacementQuestion
  let board: PoolBoard
  /// The candidates that chance gave the policy to choose among.
  let draws: [Int]
  /// The pool that the job before was sent to.
  let last: String?
  let pools: [PoolDesign]
  /// Whether it could start nowhere without others that are stopped for it.
  var takesPlaces = false

  func sentence(_ verdict: PlacementVerdict) -> String {
    if takesPlaces {
      return "It could start at once nowhere but where jobs of a greater priority number are "
        + "stopped for it. " + choice(verdict)
    }
    guard let present = question.present else { return choice(verdict) }
    let does = present.isRunning ? "ran" : "waited"
    return
      "It \(does) on \(pools[Int(present.pool)].name), with \(seconds(question.seconds)) of work "
      + "left, and left it. " + choice(verdict)
  }

  private func choice(_ verdict: PlacementVerdict) -> String {
    guard case .rule(let rule) = terms.policy else { return outsideSentence(verdict) }
    let within = terms.latency.map(question.count(within:)) ?? question.candidates.count
    guard within < question.candidates.count, let bound = terms.latency else {
      return sentence(rule, verdict)
    }
    let first = question.candidates[within]
    guard within > 0 else {
      return "No pool is within \(shown(bound)), so it went to the nearest (\(shown(first.delay)))."
    }
    var inner = self
    inner.question.candidates.removeLast(question.candidates.count - within)
    return inner.sentence(rule, verdict)
      + " \(counted(question.candidates.count - within, "pool")) beyond \(shown(bound)) "
      + "did not count, the nearest of them \(name(first)) (\(shown(first.delay)))."
  }

  private func outsideSentence(_ verdict: PlacementVerdict) -> String {
    switch verdict {
    case .place: "The policy program said so."
    case .wait: "The policy program said that it waits."
    case .refuse(let reason): "The policy program refused it: \(reason)."
    }
  }

  private func sentence(_ rule: PlacementRule, _ verdict: PlacementVerdict) -> String {
    switch (rule, verdict) {
    case (_, .refuse(let reason)): "It was refused: \(reason)."
    case (.eastDataWestComputing, _): eastWest(verdict)
    case (_, .wait): "It waits."
    case (.nearest, .place(let place)): nearest(place)
    case (.leastLoaded, .place(let place)): leastLoaded(place)
    case (.cheapest, .place(let place)), (.cheapestWithinLatency, .place(let place)):
      leastSpend(place, isPriced ? "it costs" : "power costs", unit: "yuan", yuan)
    case (.greenest, .place(let place)): leastSpend(place, "power emits", unit: "kg", carbon)
    case (.joint, .place(let place)): joint(place)
    case (.roundRobin, .place):
      last.map { "It was its turn, after \($0)." } ?? "It was its turn, as the first of all."
    case (.random, .place):
      "Chance chose it among \(counted(question.candidates.count, "pool"))."
    case (.powerOfTwoChoices, .place(let place)): twoChoices(place)
    case (.maxMin, .place), (.maxSum, .place), (.minMakespan, .place), (.equalShares, .place):
      "It was its turn."
    }
  }
}

// MARK: - The rules

extension PlacementReason {
  private func nearest(_ place: Int) -> String {
    let taken = question.candidates[place]
    guard board.isFree(taken, for: question) else {
      return "It could start at once nowhere, so it went to the nearest (\(shown(taken.delay)))."
    }
    guard !question.isBooked else {
      return "It is the nearest (\(shown(taken.delay))) where a start could be booked for it, in "
        + "\(seconds(taken.transfer))."
    }
    guard place > 0 else {
      return "It is the nearest (\(shown(taken.delay))), and the job could start there at once."
    }
    let nearer = question.candidates[0]
    let entry = board[nearer.pool]
    return "It is the nearest (\(shown(taken.delay))) where the job could start at once; "
      + "\(counted(place, "pool")) nearer could not take it, the nearest of them \(name(nearer)) "
      + "(\(shown(nearer.delay)); \(counted(Int(max(0, entry.free)), "accelerator")) "
      + "free, \(counted(Int(entry.waiting), "job")) waiting)."
  }

  private func leastLoaded(_ place: Int) -> String {
    let load = { (candidate: PoolCandidate) in board.load(candidate.pool, at: question.now) }
    return "The work before it is least there, \(seconds(load(question.candidates[place]))) for "
      + "each accelerator\(next(place, load, seconds))."
  }

  private func joint(_ place: Int) -> String {
    let time = { (candidate: PoolCandidate) in board.time(of: question, on: candidate) }
    let taken = question.candidates[place]
    guard time(taken) < .infinity else {
      return "All pools that could run it are out of service, and nobody knows when one is back."
    }
    return "It is over first there, in \(seconds(time(taken))) by estimate (input "
      + "\(seconds(taken.transfer)), queue \(seconds(board.wait(taken, for: question))), run "
      + "\(seconds(question.seconds / taken.speed)))"
      + next(place, time, { seconds($0 - time(taken)) + " more" }) + "."
  }

  private func twoChoices(_ place: Int) -> String {
    guard draws.count == 2, let other = draws.first(where: { $0 != place }) else {
      return "Chance drew it twice."
    }
    let load = { board.load(question.candidates[$0].pool, at: question.now) }
    return "Chance drew it and \(name(question.candidates[other])); the work before it is "
      + "\(seconds(load(place))) for each accelerator, there \(seconds(load(other)))."
  }

  /// Whether the owner of some candidate has a price of its own.
  private var isPriced: Bool {
    question.candidates.contains { pools[Int($0.pool)].price_yuan_h != nil }
  }

  private func yuan(_ candidate: PoolCandidate) -> Double {
    board.cost(of: question, on: candidate)
  }

  private func carbon(_ candidate: PoolCandidate) -> Double {
    board.emission(of: question, on: candidate)
  }

  private func leastSpend(
    _ place: Int, _ does: String, unit: String, _ value: (PoolCandidate) -> Double
  ) -> String {
    let taken = question.candidates[place]
    guard board.isFree(taken, for: question) else {
      let wait = { board.wait($0, for: question) }
      return "It could start at once nowhere, and waits least there, \(seconds(wait(taken))) by "
        + "estimate\(next(place, wait, seconds))."
    }
    guard value(taken) > 0 else {
      return "Nobody says what its power costs or emits, so it went to the nearest "
        + "(\(shown(taken.delay))) where it could start at once."
    }
    let free = question.candidates.indices.filter {
      board.isFree(question.candidates[$0], for: question)
    }
    // Of pools of one kind, on which it costs the same, the nearest is looked at.
    let kind = board.kinds[Int(taken.pool)]
    let others = free.filter { board.kinds[Int(question.candidates[$0].pool)] != kind }
    let could = question.isBooked ? "a start could be booked for it" : "it could start at once"
    return "Of \(counted(free.count, "pool")) where \(could), \(does) least there, "
      + "\(formatted(value(taken), unit: unit))"
      + next(place, value, { formatted($0, unit: unit) }, among: others) + "."
  }

  private func eastWest(_ verdict: PlacementVerdict) -> String {
    if question.isLatencyBound, case .place(let place) = verdict {
      return "It is bound by latency, so it stays near. " + nearest(place)
    }
    let policy = EastDataWestComputing()
    let now = policy.costNow(of: question, on: board)
    let later = question.deadline.flatMap {
      policy.cheapestHour(for: question, until: $0, board)
    }
    switch verdict {
    case .wait(let time):
      guard let later, let time else { return "It waits." }
      return "It waits until \(clock(time)): power for it costs "
        + "\(formatted(later.yuan, unit: "yuan")) then, on \(pools[Int(later.pool)].name), and "
        + "\(formatted(now.yuan, unit: "yuan")) now, on \(name(question.candidates[now.place]))."
    case .place(let place):
      let here = leastSpend(place, isPriced ? "it costs" : "power costs", unit: "yuan", yuan)
      guard question.deadline != nil else {
        return here + " It has no deadline, so no later hour was looked at."
      }
      guard let later else { return here + " No later hour is in time for its deadline." }
      return here + " No later hour is cheaper: the best is \(clock(later.start)), with "
        + "\(formatted(later.yuan, unit: "yuan"))."
    case .refuse(let reason): return "It was refused: \(reason)."
    }
  }
}

// MARK: - Figures

extension PlacementReason {
  private func name(_ candidate: PoolCandidate) -> String { pools[Int(candidate.pool)].name }

  private func shown(_ time: SimDuration) -> String { formatted(seconds: time.seconds) }

  private func seconds(_ value: Double) -> String { formatted(seconds: value) }

  /// What a clock shows, and on which day of the run.
  private func clock(_ time: SimTime) -> String {
    let minutes = time.nanoseconds / 60_000_000_000
    let (hour, minute) = ((minutes / 60) % 24, minutes % 60)
    let day = minutes / 1440
    let text = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    return day == 0 ? text : "\(text) of day \(day + 1)"
  }

  /// The best of the others, as the rest of a sentence; nothing where there is none.
  private func next(
    _ place: Int, _ value: (PoolCandidate) -> Double, _ text: (Double) -> String,
    among others: [Int]? = nil
  ) -> String {
    let others = others ?? question.candidates.indices.filter { $0 != place }
    guard
      let best = others.min(by: {
        value(question.candidates[$0]) < value(question.candidates[$1])
      })
    else { return "" }
    let candidate = question.candidates[best]
    return "; next is \(name(candidate)) with \(text(value(candidate)))"
  }
}
