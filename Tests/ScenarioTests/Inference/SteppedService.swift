// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel

/// A service as plainly as it can be said: one step of one replica after the other, in seconds, and
/// all looked at anew each time.
///
/// It is for requests that come at instants of their own: it does not say which of two things at
/// once comes first.
struct SteppedService {
  struct Request {
    var arrival: Double
    var prompt: Double
    var output: Int
  }

  struct Answer {
    var replica: Int
    var queue = 0.0
    var firstToken = 0.0
    var end = 0.0
  }

  var terms: ServiceTerms
  private(set) var replicas: [SteppedReplica] = []
  /// Nil for those that are refused.
  private(set) var answers: [Answer?] = []
  private let requests: [Request]
  private var next = 0
  private var nextReview: Double
  /// Requests of each site, and their sum over time since the last look.
  private var present = [0, 0]
  private var sums = [0.0, 0]
  private var now = 0.0
  private var prefixes = RandomStream(seed: 1, name: "inference/chat/prefixes")
  private var last = -1

  init(_ terms: ServiceTerms, _ requests: [Request]) {
    (self.terms, self.requests) = (terms, requests)
    nextReview = terms.scale?.every ?? .infinity
    for site in terms.delays.indices {
      for number in 0..<(terms.scale?.most ?? terms.replicas) {
        replicas.append(SteppedReplica(site: site, isOn: number < terms.replicas))
      }
    }
  }

  /// Answers all.
  mutating func run() {
    while next < requests.count || present.contains(where: { $0 > 0 }) {
      let instant = nextInstant
      for site in sums.indices { sums[site] += Double(present[site]) * (instant - now) }
      now = instant
      while next < requests.count, requests[next].arrival <= now { send() }
      for replica in replicas.indices { comeAndGo(replica) }
      if nextReview <= now { review() }
      for replica in replicas.indices { step(replica) }
    }
  }

  private var nextInstant: Double {
    var instant = min(nextReview, next < requests.count ? requests[next].arrival : .infinity)
    for replica in replicas {
      instant = min(instant, replica.stepEnd ?? .infinity, replica.ready ?? .infinity)
      instant = replica.coming.reduce(instant) { min($0, $1.reached) }
    }
    return instant
  }

  private mutating func comeAndGo(_ replica: Int) {
    if let ready = replicas[replica].ready, ready <= now {
      (replicas[replica].stage, replicas[replica].ready) = (.on, nil)
    }
    while let first = replicas[replica].coming.first, first.reached <= now {
      replicas[replica].waiting.append(first)
      replicas[replica].coming.removeFirst()
    }
  }
}

// MARK: - Where a request goes

extension SteppedService {
  private struct Candidate {
    var replica: Int
    var delay: Double
    var requests: Int
    var firstToken: Double
    var hasPrefix: Bool
  }

  private mutating func send() {
    let request = requests[next]
    let prefix =
      terms.prefixes > 0 ? Int32.random(in: 0..<Int32(terms.prefixes), using: &prefixes) : nil
    let candidates = replicas.indices.compactMap { candidate($0, request, prefix) }
    next += 1
    guard let chosen = choose(candidates) else { return answers.append(nil) }
    let (site, tokens) = (replicas[chosen].site, tokens(of: request, prefix, at: chosen))
    if let prefix {
      replicas[chosen].remembered.removeAll { $0 == prefix }
      replicas[chosen].remembered.append(prefix)
      if replicas[chosen].remembered.count > terms.kept {
        replicas[chosen].remembered.removeFirst()
      }
    }
    replicas[chosen].coming.append(
      SteppedReplica.Work(
        request: answers.count, reached: now + terms.delays[site], tokens: tokens,
        left: request.output))
    answers.append(Answer(replica: chosen))
    present[site] += 1
    comeAndGo(chosen)
  }

  private func tokens(of request: Request, _ prefix: Int32?, at replica: Int) -> Double {
    let isKnown = prefix.map { replicas[replica].remembered.contains($0) } ?? true
    return isKnown && terms.share > 0
      ? max(1, (request.prompt * (1 - terms.share)).rounded()) : request.prompt
  }

  private func candidate(
    _ replica: Int, _ request: Request, _ prefix: Int32?
  ) -> Candidate? {
    let state = replicas[replica]
    let before = state.coming + state.waiting
    guard state.stage == .on, before.count < terms.mostWaiting else { return nil }
    let tokens = before.reduce(tokens(of: request, prefix, at: replica)) { $0 + $1.tokens }
    let rest = state.stepEnd.map { $0 - now } ?? 0
    let delay = 2 * terms.delays[state.site]
    return Candidate(
      replica: replica, delay: delay, requests: before.count + state.running.count,
      firstToken: delay + (rest + terms.seconds(tokens, state.running.count)),
      hasPrefix: prefix.map { state.remembered.contains($0) } ?? true)
  }

  private mutating func choose(_ all: [Candidate]) -> Int? {
    // Of one alone nobody is asked.
    guard all.count > 1 else {
      last = all.first?.replica ?? last
      return all.first?.replica
    }
    func soonest(_ some: [Candidate]) -> Candidate? { some.min { $0.firstToken < $1.firstToken } }
    switch terms.routing {
    case "least-waiting":
      return all.min { ($0.requests, $0.delay) < ($1.requests, $1.delay) }?.replica
    case "nearest":
      return all.min { ($0.delay, $0.requests) < ($1.delay, $1.requests) }?.replica
    case "by-cache":
      let cached = soonest(all.filter(\.hasPrefix))
      if let cached, cached.firstToken <= terms.promise { return cached.replica }
      return soonest(all)?.replica
    case "soonest": return soonest(all)?.replica
    default:
      let chosen = (all.first { $0.replica > last } ?? all.first)?.replica
      last = chosen ?? last
      return chosen
    }
  }
}

// MARK: - Steps, and how many replicas there are

extension SteppedService {
  private mutating func step(_ replica: Int) {
    if let end = replicas[replica].stepEnd, end <= now {
      for work in replicas[replica].endStep() { finish(work) }
    }
    replicas[replica].beginStep(at: now, terms)
    if replicas[replica].stage == .ending, replicas[replica].isIdle { replicas[replica].leave() }
  }

  private mutating func finish(_ work: SteppedReplica.Work) {
    let delay = terms.delays[replicas[answers[work.request]?.replica ?? 0].site]
    answers[work.request]?.queue = work.start - work.reached
    answers[work.request]?.firstToken = work.first - requests[work.request].arrival + delay
    answers[work.request]?.end = now - requests[work.request].arrival + delay
    present[replicas[answers[work.request]?.replica ?? 0].site] -= 1
  }

  private mutating func review() {
    guard let scale = terms.scale else { return }
    for site in terms.delays.indices {
      let mean = sums[site] / scale.every
      sums[site] = 0
      let wanted = min(scale.most, max(1, Int((mean / scale.requests).rounded(.up))))
      setReplicas(of: site, to: wanted, scale)
    }
    nextReview += scale.every
  }

  private mutating func setReplicas(of site: Int, to wanted: Int, _ scale: ServiceTerms.Scale) {
    let all = replicas.indices.filter { replicas[$0].site == site }
    var there = all.count { [.starting, .on].contains(replicas[$0].stage) }
    for replica in all where there < wanted && replicas[replica].stage == .ending {
      replicas[replica].stage = .on
      there += 1
    }
    for replica in all where there < wanted && replicas[replica].stage == .off {
      replicas[replica].stage = .starting
      replicas[replica].ready = now + scale.startsIn
      there += 1
    }
    for replica in all.reversed() where there > wanted {
      switch replicas[replica].stage {
      case .on: replicas[replica].stage = .ending
      case .starting: replicas[replica].leave()
      case .off, .ending: continue
      }
      there -= 1
    }
  }
}
