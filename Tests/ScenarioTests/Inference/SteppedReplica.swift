// SPDX-License-Identifier: GPL-3.0-or-later

/// What a service of the tests is like: two sites, and an engine of which the rates are known.
struct ServiceTerms {
  struct Scale {
    var most: Int
    var every: Double
    var requests: Double
    var startsIn: Double
  }

  var routing: String
  /// At each site, at the start.
  var replicas: Int
  /// One way to each site, in seconds.
  var delays = [0.01, 0.03]
  var batchTokens = Double.infinity
  var batchRequests = Int.max
  var mostWaiting = Int.max
  var promise = Double.infinity
  var share = 0.0
  var prefixes = 0
  var kept = 0
  var scale: Scale?

  /// A step of prompts of so many tokens and a token for so many requests.
  func seconds(_ tokens: Double, _ requests: Int) -> Double {
    let mixed = tokens > 0 && requests > 0 ? 1.1 : 1
    return max(0.004, mixed * (tokens / 3000 + Double(requests) / 900))
  }
}

/// A replica of such a service, one step after the other.
struct SteppedReplica {
  enum Stage { case off, starting, on, ending }

  struct Work {
    var request: Int
    var reached: Double
    var tokens: Double
    var left: Int
    var start = 0.0
    var first = 0.0
  }

  let site: Int
  var stage: Stage
  var ready: Double?
  var coming: [Work] = []
  var waiting: [Work] = []
  /// Those that have begun: those that are answered, then those whose prompts are taken in.
  private(set) var running: [Work] = []
  private(set) var stepEnd: Double?
  private var prompts = 0
  private var answered = 0
  /// The beginnings of prompts that it has seen, the last one last.
  var remembered: [Int32] = []

  init(site: Int, isOn: Bool) {
    self.site = site
    stage = isOn ? .on : .off
  }

  var isIdle: Bool { coming.isEmpty && waiting.isEmpty && running.isEmpty }

  mutating func leave() {
    (stage, ready, remembered) = (.off, nil, [])
  }

  mutating func beginStep(at now: Double, _ terms: ServiceTerms) {
    guard stepEnd == nil else { return }
    let before = running.count
    var size = 0.0
    (prompts, answered) = (0, 0)
    while let first = waiting.first, running.count < terms.batchRequests,
      prompts == 0 || size + first.tokens <= terms.batchTokens
    {
      running.append(first)
      running[running.count - 1].start = now
      waiting.removeFirst()
      (prompts, size) = (prompts + 1, size + first.tokens)
    }
    let tokens = size
    while answered < before, size == 0 || size + 1 <= terms.batchTokens {
      (answered, size) = (answered + 1, size + 1)
    }
    if !running.isEmpty { stepEnd = now + terms.seconds(tokens, answered) }
  }

  /// Ends a step, and gives those who are done.
  mutating func endStep() -> [Work] {
    guard let end = stepEnd else { return [] }
    stepEnd = nil
    let joined = running.count - prompts
    for place in running.indices where place < answered || place >= joined {
      running[place].left -= 1
      if place >= joined { running[place].first = end }
    }
    let done = running.filter { $0.left == 0 }
    running.removeAll { $0.left == 0 }
    return done
  }
}
