// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

/// Streams in portions, of which each is placed as a job is, by a placement policy of jobs.
///
/// What a source asks of a service is cut into equal portions. In rounds each source and service has
/// one placed: the policy is asked as about a job of one unit, where a site is a pool of as many
/// units as it could serve of such portions, and those that are full are no candidates. A portion
/// for which its site has too little room is split. What finds no room anywhere is refused.
struct PlacedAsJobs: TokenPlacement {
  let rule: PlacementRule
  /// Into how many portions each stream is cut: a power of two, so that they add up exactly.
  static let portions = 16

  func answer(to question: TokenQuestion) -> TokenAnswer {
    var placing = StreamPlacing(question, rule)
    for round in 0..<Self.portions {
      // Who comes first changes with the round, so that the last room is nobody's own.
      for turn in question.asked.indices {
        let source = (turn + round) % question.asked.count
        for service in question.services.indices {
          placing.place(1 / Double(Self.portions), of: source, service)
        }
      }
    }
    return placing.answer
  }
}

/// Streams that are being placed.
private struct StreamPlacing {
  private let question: TokenQuestion
  /// By service, with its own bound on the delay.
  private var policies: [any PlacementPolicy]
  private var board: PoolBoard
  /// By site: the part of its time that is free.
  private var free: [Double]
  /// By source: the sites that it can reach, from least delay on.
  private let reached: [[PoolCandidate]]
  private(set) var answer: TokenAnswer

  /// Room below this part of a site's time, or of a stream, is what rounding leaves.
  private static let least = 1e-12
  private static let mostUnits = 1e9
  /// The time for which load is counted, in seconds; only its relation among sites counts.
  private static let hour = 3600.0

  init(_ question: TokenQuestion, _ rule: PlacementRule) {
    self.question = question
    let seed = question.seed &+ UInt64(bitPattern: question.instant.nanoseconds)
    policies = question.services.enumerated().map { number, service in
      let policy = rule.policy(seed: seed &+ UInt64(number))
      return service.latency.map { PlacementWithin(bound: $0, policy) } ?? policy
    }
    let power = question.power
    board = PoolBoard(
      entries: question.sites.map { _ in PoolBoard.Entry(count: 0, free: 0) },
      yuan: { power.isEmpty ? 0 : power[$0].yuan * ($3 - $2).seconds },
      carbon: { power.isEmpty ? 0 : power[$0].carbon_kg * ($3 - $2).seconds })
    free = question.sites.map { _ in 1 }
    reached = question.delays.map { Self.candidates($0) }
    let none = question.services.map { _ in question.sites.map { _ in 0.0 } }
    answer = TokenAnswer(
      parts: question.asked.map { _ in none },
      refused: question.asked.map { _ in question.services.map { _ in 0 } })
  }

  private static func candidates(_ delays: [SimDuration?]) -> [PoolCandidate] {
    delays.indices.compactMap { site in
      delays[site].map {
        PoolCandidate(
          pool: Int32(site), speed: 1, delay: SimDuration(nanoseconds: $0.nanoseconds / 2),
          transfer: $0.seconds)
      }
    }.sorted { ($0.delay, $0.pool) < ($1.delay, $1.pool) }
  }

  /// Places a part of what a source asks of a service.
  mutating func place(_ part: Double, of source: Int, _ service: Int) {
    let rate = question.services[service].parts(of: question.asked[source][service])
    let needs = question.sites.map { $0.use(by: rate) }
    var rest = part
    while rest > Self.least {
      let open = reached[source].filter { free[Int($0.pool)] > Self.least }
      guard !open.isEmpty else {
        answer.refused[source][service] += rest
        return
      }
      for candidate in open { describe(Int(candidate.pool), needs[Int(candidate.pool)] * part) }
      let site = choose(among: open, service)
      let need = needs[site] * rest
      let taken = need > free[site] ? rest * free[site] / need : rest
      answer.parts[source][service][site] += taken
      free[site] = need > free[site] ? 0 : free[site] - need
      if free[site] < Self.least { free[site] = 0 }
      rest -= taken
    }
    answer.refused[source][service] += max(0, rest) > Self.least ? rest : 0
  }

  private mutating func choose(among open: [PoolCandidate], _ service: Int) -> Int {
    let mix = question.services[service]
    let job = PlacementQuestion(
      now: question.instant, accelerators: 1,
      seconds: mix.parts(of: mix.tokensPerRequest).nodeSeconds, deadline: nil,
      isLatencyBound: mix.latency != nil, candidates: open)
    guard case .place(let place) = policies[service].place(job, on: board) else {
      preconditionFailure("only what has a deadline waits")
    }
    return Int(open[place].pool)
  }

  /// Says of a site how many portions it could serve, and how many of them it serves.
  private mutating func describe(_ site: Int, _ need: Double) {
    let units = need > 0 ? min(Self.mostUnits, 1 / need) : Self.mostUnits
    let count = Int32(max(1, units))
    board.entries[site] = PoolBoard.Entry(
      count: count, free: max(1, Int32(units * free[site])),
      waitingWork: (1 - free[site]) * Double(count) * Self.hour,
      runningUntil: -.greatestFiniteMagnitude)
  }
}
