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
/// - Parameter sending: What each of them sends now, from which follows how much is in flight.
func answer(
  of terms: TrafficClass, to way: WayQuality, sending: Double
) -> TransportAnswer {
  let transport = terms.transport
  var answer = TransportAnswer(
    weight: terms.weight, ceiling: min(terms.ceiling.value, LaneTable.highest), yield: 1,
    limit: .ceiling)
  if let window = transport.window { answer.hold(to: window.bits / way.roundTrip_s, by: .window) }
  switch transport.kind {
  case .ideal, .losslessPause, .losslessCredit: break
  case .tcpReno, .tcpCubic: answer.followLoss(transport, way)
  case .bbr: answer.pace(way)
  case .goBackN:
    let inFlight = sending * way.roundTrip_s / transport.packet.bits
    answer.yield = goBackNEfficiency(loss: way.noise, inFlight: inFlight)
  case .selectiveRepeat: answer.repeatSelectively(transport, way)
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

  /// The rate that loss grants becomes a weight on full links, and a ceiling elsewhere.
  fileprivate mutating func followLoss(_ transport: Transport, _ way: WayQuality) {
    let rate = { (loss: Double) in
      lossRate(
        transport.kind == .tcpCubic ? .cubic : .reno, loss: loss, roundTrip_s: way.roundTrip_s,
        segment_bits: transport.packet.bits)
    }
    if let source = way.source {
      hold(to: rate(way.noise), by: .loss(link: source.link, cause: source.cause))
    }
    if way.congestion > 0, way.leastMeanRate < .infinity, way.leastMeanRate > 0 {
      let share = min(ceiling, rate(way.noise + way.congestion)) / way.leastMeanRate
      weight *= min(1e6, max(1e-6, share))
    }
    yield = (1 - way.noise) * (1 - way.dropped)
  }

  /// A sender that paces to what comes through does not mind loss up to a point.
  fileprivate mutating func pace(_ way: WayQuality) {
    yield = 1 - way.noise
  }

  fileprivate mutating func repeatSelectively(_ transport: Transport, _ way: WayQuality) {
    yield = 1 - way.noise
  }
}
