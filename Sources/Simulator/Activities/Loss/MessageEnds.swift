// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// The end of a message: what is lost of its last packets is sent again after all others have been.
//
// A flow sends at the rate that its transport has in the long run, in which repairs of the middle
// are hidden or have their part. Behind its last bit it waits, on average, for the repairs of its
// end: a time in which it takes no bandwidth, and which loss holds it.

/// A message that has sent its last bit.
private struct SentMessage {
  var transport: Transport
  var path: PathQuality
  var packets: Double
  /// Of all that is sent, what is lost.
  var loss: Double
  /// What it sent in the end, in bit/s.
  var rate: Double
  /// Messages that have an end together.
  var together: Double

  var timeout_s: Double { transport.timeout(roundTrip_s: path.roundTrip_s) }

  func end(spacing_s: Double, reporters: Double) -> Double {
    MessageEnd(
      loss: loss, packets: packets, spacing_s: spacing_s, roundTrip_s: path.roundTrip_s,
      timeout_s: timeout_s, reporters: reporters, messages: together
    ).expectedDelay_s
  }
}

extension Loss {
  /// What the end of a message adds to the time of its last bit; nil where nothing is lost.
  ///
  func tail(_ sent: SentPart) -> MessageTail? {
    let index = sent.flowClass
    guard book.isOn, index.index < book.flowClasses.count, !world.flowClasses[index].isWindow else {
      return nil
    }
    let transport = model.classes[world.flowClasses[index].trafficClass].transport
    guard transport.kind.standardTimeout != nil else { return nil }
    var path = path(of: index)
    if transport.kind.followsLoss { addCongestion(to: &path, of: index) }
    let lost = 1 - (1 - path.noise) * (1 - min(1, path.dropped))
    let rate = world.fluid.sendingRate(ofClass: index.index) * Double(sent.parts)
    guard lost > 0, rate > 0, let source = path.source ?? path.crowd.map({ ($0, .congestion) })
    else { return nil }
    let message = SentMessage(
      transport: transport, path: path, packets: sent.bits / transport.packet.bits, loss: lost,
      rate: rate, together: Double(sent.together))
    let seconds = seconds(ofTail: message, on: index)
    return seconds > 0 ? MessageTail(seconds: seconds, link: source.0, cause: source.1) : nil
  }

  private func seconds(ofTail message: SentMessage, on index: FlowClassID) -> Double {
    let spacing_s = message.transport.packet.bits / message.rate
    switch message.transport.kind {
    case .ideal, .losslessPause, .losslessCredit: return 0
    case .goBackN: return message.goBackNTail
    case .selectiveRepeat: return repeatTail(message, on: index)
    case .bbr: return message.end(spacing_s: spacing_s, reporters: reportersOfTCP)
    case .tcpReno, .tcpCubic:
      // A part of the time-outs of its last window is in its rate.
      let window = max(1, message.rate * message.path.roundTrip_s / message.transport.packet.bits)
      let booked = timeoutTime(
        loss: message.loss, window: window, timeout_s: message.timeout_s,
        sack: message.transport.sack)
      let end = message.end(spacing_s: spacing_s, reporters: reportersOfTCP)
      return max(0, end - min(message.packets, window) * booked)
    }
  }

  /// Where holes stall it, its rate has the stalls of the long run, and a message fewer of them.
  private func repeatTail(_ message: SentMessage, on index: FlowClassID) -> Double {
    let transport = message.transport
    let flowClass = world.flowClasses[index]
    let state = book.flowClasses[index.index]
    var line = message.rate
    var spared = 0.0
    if case .loss = state.limit, message.rate >= state.ceiling * Loss.atCeiling {
      let limits = RepeatWindow(
        transport, sending: flowClass.idealRate, over: message.path.roundTrip_s)
      spared = limits.stallsSpared(loss: message.loss, packets: message.packets)
      line = max(line, flowClass.idealRate * min(1, limits.window / max(1, limits.inRoundTrip)))
    }
    let spacing_s = transport.packet.bits / line
    return max(0, message.end(spacing_s: spacing_s, reporters: 1) - spared * spacing_s)
  }

  /// A rate this near to its ceiling is held by it.
  private static let atCeiling = 0.999
}

/// Three packets behind a lost one tell of it (RFC 5681, 3.2).
private let reportersOfTCP = 3.0

extension SentMessage {
  /// All before the last packet costs what its rate says; nobody tells of that one.
  fileprivate var goBackNTail: Double {
    let kept = 1 - min(loss, 1 - 0x1p-53)
    var all = 1.0
    for _ in 0..<Int(min(together, 1e6)) where all > 0 { all *= kept }
    return (1 - all) * max(0, timeout_s - path.roundTrip_s)
  }
}
