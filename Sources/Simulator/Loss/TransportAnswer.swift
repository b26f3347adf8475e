// SPDX-License-Identifier: GPL-3.0-or-later
internal import FlowMath
internal import NetworkModel
internal import Traffic

/// What a transport makes of the way of its flows: their terms for sharing bandwidth.
struct TransportAnswer {
  var weight: Double
  /// What a flow sends at most, in bit/s, with what is sent again.
  var ceiling: Double
  /// The part of it that is of use.
  var yield: Double
  var limit: TransportLimit
}

/// No transport is held to less than a bit a second, or brings less than a millionth forward.
private let leastCeiling = 1.0
private let leastYield = 1e-6

/// What flows of a class may send and what of it comes through, on a way of some quality.
///
/// A flow alone on the way would get `line`, in bit/s; `sending` is what each of them sends now,
/// from which follows how much is in flight; `rate` is what the equilibrium gives it, where that
/// has been worked out.
func answer(
  of terms: TrafficClass, to way: WayQuality, line: Double, sending: Double,
  balancedTo rate: Double?
) -> TransportAnswer {
  let transport = terms.transport
  var answer = TransportAnswer(
    weight: terms.weight, ceiling: min(terms.ceiling.value, LaneTable.highest), yield: 1,
    limit: .ceiling)
  if let window = transport.window { answer.hold(to: window.bits / way.roundTrip_s, by: .window) }
  switch transport.kind {
  case .ideal, .losslessPause, .losslessCredit: break
  case .tcpReno, .tcpCubic: answer.followLoss(transport, way, rate)
  case .bbr: answer.pace(transport, way, line)
  case .goBackN:
    let inFlight = min(sending > 0 ? sending : line, line) * way.roundTrip_s
    answer.yield = goBackNGoodput(loss: way.noise, inFlight: inFlight / transport.packet.bits)
  case .selectiveRepeat: answer.repeatSelectively(transport, way, min(line, terms.ceiling.value))
  }
  answer.ceiling = max(leastCeiling, answer.ceiling)
  answer.yield = max(leastYield, answer.yield)
  return answer
}

extension TransportAnswer {
  fileprivate mutating func hold(to rate: Double, by limit: TransportLimit) {
    guard rate < ceiling else { return }
    ceiling = rate
    self.limit = limit
  }

  fileprivate mutating func hold(to rate: Double, byLossOn way: WayQuality) {
    guard let source = way.source else { return }
    hold(to: rate, by: .loss(link: source.link, cause: source.cause))
  }

  /// The rate that loss grants becomes a weight on full links, and a ceiling elsewhere.
  fileprivate mutating func followLoss(
    _ transport: Transport, _ way: WayQuality, _ balanced: Double?
  ) {
    let flow = LossyTerms(
      flows: 1, otherLoss: way.noise, roundTrip_s: way.roundTrip_s,
      segment_bits: transport.packet.bits, ceiling: ceiling,
      law: transport.kind == .tcpCubic ? .cubic : .reno)
    if way.noise > 0 { hold(to: flow.rate(at: way.noise), byLossOn: way) }
    if way.congestion > 0, way.leastMeanRate < .infinity, way.leastMeanRate > 0 {
      let share = min(ceiling, balanced ?? flow.rate(at: min(1, way.noise + way.congestion)))
      weight *= min(1e6, max(1e-6, share / way.leastMeanRate))
    }
    yield = (1 - way.noise) * (1 - min(1, way.dropped))
  }

  /// A sender that paces to what comes through minds loss only where there is much of it.
  fileprivate mutating func pace(_ transport: Transport, _ way: WayQuality, _ line: Double) {
    let path = RenoPath(roundTrip_s: way.roundTrip_s, segment_bits: transport.packet.bits)
    yield = 1 - way.noise
    guard yield > 0 else { return hold(to: leastCeiling, byLossOn: way) }
    hold(
      to: bbrGoodput(loss: way.noise, share_bit_s: line, over: path) / yield, byLossOn: way)
  }

  /// While a hole is repaired the window runs out: on average it takes its part of the line.
  fileprivate mutating func repeatSelectively(
    _ transport: Transport, _ way: WayQuality, _ line: Double
  ) {
    yield = 1 - way.noise
    guard yield > 0 else { return hold(to: leastCeiling, byLossOn: way) }
    let limits = RepeatWindow(
      window: transport.window.map { $0.bits / transport.packet.bits } ?? .infinity,
      inRoundTrip: line * way.roundTrip_s / transport.packet.bits)
    hold(
      to: line * selectiveRepeatGoodput(loss: way.noise, within: limits) / yield, byLossOn: way)
  }
}
