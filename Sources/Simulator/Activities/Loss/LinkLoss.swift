// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc
public import Light
internal import NetworkModel

/// Why packets are lost.
public enum LossCause: String, CaseIterable, Sendable {
  /// Demands that are more than a link carries.
  case overload
  /// A queue that random arrivals fill.
  case queue
  /// Flows that send until something is lost.
  case congestion
  /// Light that arrives near the threshold of its mode.
  case residual
  /// A part of all packets that the scenario says.
  case given
  /// A link that is down.
  case failure
}

/// What a link does to packets, as it was last worked out: parts of them from 0 to 1, and times.
struct LinkLoss {
  var given = 0.0
  var residual = 0.0
  var queue = 0.0
  /// What flows that follow loss make of a full link; where it marks, they are marks.
  var congestion = 0.0
  var overload = 0.0
  var isDown = false
  /// What the link could carry, in bit/s.
  var capacity = 0.0
  /// The mean time that packets wait and take to be sent, and the time that 1 % exceed.
  var delay_s = 0.0
  var delayP99_s = 0.0

  var isNoisy: Bool { queue > 0 || residual > 0 || given > 0 }

  /// What happens to every packet, however its sender behaves.
  var noise: Double { 1 - (1 - given) * (1 - residual) * (1 - queue) }

  /// What happens to it once it has left the port.
  var lossBehindPort: Double { 1 - (1 - given) * (1 - residual) }

  /// The greatest part of the noise.
  var worstNoise: (cause: LossCause, loss: Double)? {
    var worst: (cause: LossCause, loss: Double)?
    for (cause, loss) in [(LossCause.queue, queue), (.residual, residual), (.given, given)]
    where loss > (worst?.loss ?? 0) {
      worst = (cause, loss)
    }
    return worst
  }

  /// The greatest of the losses.
  var worst: (cause: LossCause, loss: Double)? {
    if isDown { return (.failure, 1) }
    let all: [(cause: LossCause, loss: Double)] = [
      (.overload, overload), (.queue, queue), (.congestion, congestion), (.residual, residual),
      (.given, given),
    ]
    let worst = all.max { $0.loss < $1.loss }
    return worst.flatMap { $0.loss > 0 ? $0 : nil }
  }

  var total: Double {
    isDown ? 1 : 1 - (1 - noise) * (1 - congestion) * (1 - overload)
  }
}

extension LightModel {
  /// Losses below are as good as none: a packet in a century at 1 Tbit/s.
  public static let leastResidualLoss = 1e-15
}

/// The part of packets that a lightpath loses with a margin over the OSNR that its mode requires.
///
///     bit errors = 1e-15 x 10^(-margin / 0.05 dB),     loss = 1 - (1 - bit errors)^bits
///
/// The required OSNR is that at which a bit in 1e15 is wrong behind the error correction; strong
/// codes gain a decade each few hundredths of a decibel there.
public func residualLoss(margin_dB: Double, packetBits: Double) -> Double {
  let errors = min(0.5, ResidualErrors.atThreshold * pow(10, -margin_dB / ResidualErrors.decade_dB))
  return min(1, -expm1(packetBits * log1p(-errors)))
}

private enum ResidualErrors {
  static let atThreshold = 1e-15
  static let decade_dB = 0.05
}
