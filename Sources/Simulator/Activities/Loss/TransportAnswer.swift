// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

/// What a transport makes of the path of its flows: their terms for sharing bandwidth.
struct TransportAnswer {
  var weight: Double
  /// What a flow sends at least where floors fit, in bit/s, whatever is lost on its way.
  var floor: Double
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
///
/// A floor is a reservation. What is lost on the way does not slow a sender below it, as with a
/// sender that knows its guaranteed rate (E. Lochin, L. Dairaine, G. Jourjon, "gTFRC, a TCP
/// friendly QoS-aware rate control for DiffServ assured service", Telecommunication Systems 33,
/// 2006), and full links drop only what is sent above it. More than a window may not be under way,
/// whatever is reserved.
func answer(
  of terms: TrafficClass, to path: PathQuality, line: Double, sending: Double,
  balancedTo rate: Double?
) -> TransportAnswer {
  let transport = terms.transport
  var answer = TransportAnswer(
    weight: terms.weight, floor: 0, ceiling: min(terms.ceiling.value, FlowClassTable.highest),
    yield: 1,
    limit: .ceiling)
  if let window = transport.window {
    answer.hold(to: max(leastCeiling, window.bits / path.roundTrip_s), by: .window)
  }
  answer.floor = min(terms.floor.value, answer.ceiling)
  switch transport.kind {
  case .ideal, .losslessPause, .losslessCredit: break
  case .tcpReno, .tcpCubic: answer.followLoss(transport, path, rate)
  case .bbr: answer.pace(transport, path, line)
  case .goBackN: answer.goBack(transport, path, line, sending)
  case .selectiveRepeat: answer.repeatSelectively(transport, path, min(line, terms.ceiling.value))
  }
  answer.yield = max(leastYield, answer.yield)
  return answer
}

extension TransportAnswer {
  fileprivate mutating func hold(to rate: Double, by limit: TransportLimit) {
    guard rate < ceiling else { return }
    ceiling = rate
    self.limit = limit
  }

  fileprivate mutating func hold(to rate: Double, byLossOn path: PathQuality) {
    guard let source = path.source else { return }
    hold(to: max(leastCeiling, floor, rate), by: .loss(link: source.link, cause: source.cause))
  }

  /// The rate that loss grants becomes a weight on full links, and a ceiling elsewhere.
  fileprivate mutating func followLoss(
    _ transport: Transport, _ path: PathQuality, _ balanced: Double?
  ) {
    let flow = LossyTerms(transport, path, flows: 1, floor: floor, ceiling: ceiling)
    if path.noise > 0 { hold(to: flow.rate(at: path.noise), byLossOn: path) }
    yield = 1 - path.noise
    guard path.congestion > 0 else { return }
    let rate = min(ceiling, balanced ?? flow.rate(at: min(1, path.noise + path.congestion)))
    let above = max(0, rate - floor)
    if path.leastMeanRate < .infinity, path.leastMeanRate > 0 {
      weight *= min(1e6, max(1e-6, above / path.leastMeanRate))
    }
    yield *= 1 - min(1, path.dropped) * (floor > 0 ? above / (above + floor) : 1)
  }

  /// All that is in flight is sent again for each hole; a repair that is lost costs a time-out.
  ///
  /// Time-outs count as if packets went on being sent: a part p of the whole, unless they are given
  /// as many times a round trip.
  fileprivate mutating func goBack(
    _ transport: Transport, _ path: PathQuality, _ line: Double, _ sending: Double
  ) {
    func inFlight(_ rate: Double) -> Double { rate * path.roundTrip_s / transport.packet.bits }
    let flying = inFlight(min(sending > 0 ? sending : line, line))
    let idle = goBackNIdleTime(
      loss: path.noise, inFlight: flying,
      timeout: transport.timeout(roundTrip_s: path.roundTrip_s) / path.roundTrip_s)
    yield = goBackNGoodput(loss: path.noise, inFlight: flying) / (1 + idle)
  }

  /// A sender that paces to what comes through minds loss only where there is much of it.
  fileprivate mutating func pace(_ transport: Transport, _ path: PathQuality, _ line: Double) {
    let reno = RenoPath(roundTrip_s: path.roundTrip_s, segment_bits: transport.packet.bits)
    yield = 1 - path.noise
    guard yield > 0 else { return hold(to: leastCeiling, byLossOn: path) }
    hold(
      to: bbrGoodput(loss: path.noise, share_bit_s: line, over: reno) / yield, byLossOn: path)
  }

  /// While a hole is repaired the window runs out: on average it takes its part of the line.
  fileprivate mutating func repeatSelectively(
    _ transport: Transport, _ path: PathQuality, _ line: Double
  ) {
    yield = 1 - path.noise
    guard yield > 0 else { return hold(to: leastCeiling, byLossOn: path) }
    let limits = RepeatWindow(transport, sending: line, over: path.roundTrip_s)
    hold(
      to: line * selectiveRepeatGoodput(loss: path.noise, within: limits) / yield, byLossOn: path)
  }
}

// MARK: - A transport as formulas see it

extension RepeatWindow {
  init(_ transport: Transport, sending rate: Double, over roundTrip_s: Double) {
    self.init(
      window: transport.window.map { $0.bits / transport.packet.bits } ?? .infinity,
      inRoundTrip: rate * roundTrip_s / transport.packet.bits,
      timeout: transport.timeout(roundTrip_s: roundTrip_s) / roundTrip_s)
  }
}

extension LossyTerms {
  /// Flows of a transport that follows loss on some path.
  init(
    _ transport: Transport, _ path: PathQuality, flows: Double, floor: Double, ceiling: Double
  ) {
    self.init(
      flows: flows, otherLoss: path.noise, roundTrip_s: path.roundTrip_s,
      segment_bits: transport.packet.bits, ceiling: ceiling, floor: floor,
      law: transport.kind == .tcpCubic ? .cubic : .reno,
      leastTimeout_s: transport.timeout.seconds, sack: transport.sack)
  }
}
