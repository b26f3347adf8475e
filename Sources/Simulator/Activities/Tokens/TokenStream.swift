// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

/// What one source asks of one service at one site: what goes there now, and what became of it.
struct TokenStream {
  let place: Place
  /// Tokens a second that go there now, in and out together.
  private(set) var rate = 0.0
  /// The positions of its routes that are used now, each for the same part.
  private(set) var used: [Int] = []
  /// By way to its site: the demands that carry it; none where it stays at its source.
  private(set) var carriers: [Carriers]
  /// Tokens that were offered in steps that are over.
  private(set) var offered = 0.0
  private(set) var lost = 0.0
  /// Delay of the served tokens, summed over them.
  private(set) var tokenSeconds = 0.0

  /// Whose it is: positions in its traffic.
  struct Place: Hashable, Comparable {
    var source: Int
    var service: Int
    var site: Int

    static func < (one: Place, other: Place) -> Bool {
      (one.source, one.service, one.site) < (other.source, other.service, other.site)
    }
  }

  /// The demands of a pair, and what they had come to when they were booked last.
  struct Carriers {
    let up: Int
    let down: Int
    fileprivate var upBefore = DemandMark()
    fileprivate var downBefore = DemandMark()

    init(up: Int, down: Int) {
      self.up = up
      self.down = down
    }
  }

  fileprivate struct DemandMark {
    var offered = 0.0
    var delivered = 0.0
    var delayBits = 0.0

    init() {}

    /// What a demand has come to, read where it stands.
    init(of demand: Int, _ demands: [DemandState]) {
      offered = demands[demand].account.offered
      delivered = demands[demand].account.delivered
      delayBits = demands[demand].account.delayBits
    }
  }

  init(_ place: Place, carriers: [Carriers]) {
    self.place = place
    self.carriers = carriers
  }

  /// Sends another rate over some of its routes; adds what its demands are to send.
  mutating func send(
    _ rate: Double, over routes: [Int], _ service: TokenService, addingTo rates: inout [DemandRate]
  ) {
    self.rate = rate
    used = routes
    let part = rate / Double(max(1, routes.count))
    for (pair, carriers) in carriers.enumerated() {
      let tokens = routes.contains(pair) ? part : 0
      rates.append(DemandRate(demand: carriers.up, rate: tokens * service.bitsUpPerToken))
      rates.append(DemandRate(demand: carriers.down, rate: tokens * service.bitsDownPerToken))
    }
  }

  /// A step of so many seconds is over.
  mutating func endStep(after seconds: Double) {
    offered += rate * seconds
  }

  /// Books some seconds; gives what was offered and served, and its mean delay there and back.
  mutating func book(
    _ seconds: Double, _ demands: [DemandState]
  ) -> (offered: Double, served: Double, delay_s: Double) {
    let all = rate * seconds
    let (passed, delay_s) = passage(demands)
    lost += all - all * passed
    tokenSeconds += all * passed * delay_s
    return (all, all * passed, delay_s)
  }

  /// The part that came through since the last time, and its mean delay there and back.
  private mutating func passage(_ demands: [DemandState]) -> (part: Double, delay_s: Double) {
    guard !carriers.isEmpty else { return (1, 0) }
    var passed = 0.0
    var delays = 0.0
    for pair in used {
      let up = carriers[pair].upBefore.move(to: DemandMark(of: carriers[pair].up, demands))
      let down = carriers[pair].downBefore.move(to: DemandMark(of: carriers[pair].down, demands))
      let part = up.passed * down.passed
      passed += part
      delays += part * (up.delay_s + down.delay_s)
    }
    return (passed / Double(max(1, used.count)), passed > 0 ? delays / passed : 0)
  }
}

extension TokenStream.DemandMark {
  /// Goes on to what a demand has come to; gives what came through of it meanwhile.
  fileprivate mutating func move(to now: Self) -> (passed: Double, delay_s: Double) {
    let before = self
    self = now
    guard offered > before.offered, delivered > before.delivered else { return (0, 0) }
    let came = delivered - before.delivered
    return (min(1, came / (offered - before.offered)), (delayBits - before.delayBits) / came)
  }
}
