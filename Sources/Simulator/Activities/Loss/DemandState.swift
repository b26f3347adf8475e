// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

typealias DemandID = Position<DemandState>

/// A demand at work: what it sends now, and what became of it so far.
struct DemandState {
  var demand: Demand
  /// What it sends now, in bit/s.
  var rate = 0.0
  /// The links that it takes now.
  var route: Route? {
    didSet { links = route?.links ?? [] }
  }
  /// Those of its route by themselves: to look into a route that may be none copies the whole state.
  private(set) var links: [LinkID] = []
  /// The flow class of one that goes beside flows; none for one ahead of them.
  var flowClass = FlowClassID.none
  /// Bits that its flow class had sent when it was booked last.
  var sentBefore = 0.0
  var account = DemandAccount()

  init(_ demand: Demand) {
    self.demand = demand
  }
}

/// What became of a demand, in bits.
struct DemandAccount {
  var offered = 0.0
  var delivered = 0.0
  /// By the position of the cause.
  var lost = [Double](repeating: 0, count: LossCause.allCases.count)
  /// Delay of the delivered bits, summed over them, and the longest that 1 % of packets exceeded.
  var delayBits = 0.0
  var delayP99_s = 0.0

  var lostInAll: Double { lost.reduce(0, +) }

  mutating func lose(_ bits: Double, _ cause: LossCause) {
    guard bits > 0 else { return }
    lost[cause.position] += bits
  }

  mutating func deliver(_ bits: Double, after delay: PathDelay) {
    guard bits > 0 else { return }
    delivered += bits
    delayBits += bits * delay.mean_s
    delayP99_s = max(delayP99_s, delay.long_s)
  }

  mutating func merge(_ other: DemandAccount) {
    offered += other.offered
    delivered += other.delivered
    for cause in lost.indices { lost[cause] += other.lost[cause] }
    delayBits += other.delayBits
    delayP99_s = max(delayP99_s, other.delayP99_s)
  }
}

extension LossCause {
  var position: Int {
    switch self {
    case .overload: 0
    case .queue: 1
    case .congestion: 2
    case .residual: 3
    case .given: 4
    case .failure: 5
    }
  }
}

extension DemandAccount {
  /// Books what comes to a port in some time; gives what is sent from it.
  ///
  /// A packet is lost to the first of the causes that takes it, in the order in which it meets
  /// them: a buffer without room, then light and glass.
  mutating func pass(_ bits: Double, port: PortLoss) -> Double {
    let fits = pass(bits, port.overload, .overload)
    return pass(fits, port.queue, .queue)
  }

  /// Books what a port sends over its link; gives what comes out at the end.
  mutating func pass(_ bits: Double, behindPortOf link: LinkLoss) -> Double {
    let through = pass(bits, link.residual, .residual)
    return pass(through, link.given, .given)
  }

  private mutating func pass(_ bits: Double, _ part: Double, _ cause: LossCause) -> Double {
    guard part > 0 else { return bits }
    lose(bits * part, cause)
    return bits * (1 - part)
  }
}
