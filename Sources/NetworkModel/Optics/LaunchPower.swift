// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// The power at which each channel enters each span of a fibre.
public enum LaunchPower: Hashable, Sendable {
  /// That at which the worst channel of a full fibre has the best ratio of signal to noise.
  case optimum
  case fixed(dBm: Double)

  /// Throws for powers that no fibre takes.
  public func validate() throws(OpticsError) {
    if case .fixed(let power) = self {
      try OpticsError.check(power, "the launch power", in: -40...20, "dBm")
    }
  }
}

extension FullLoad {
  /// The launch power of every channel.
  ///
  /// Of one span, amplifier noise is a = h f R F G and interference eta P3, so that P / (a + eta P3)
  /// is greatest where eta P3 = a / 2. The power is that of the channel which then fares worst; it
  /// does not change with the number of spans.
  func launchPower_W(_ launch: LaunchPower, span: FibreSpan) -> Double {
    switch launch {
    case .fixed(let dBm): return Decibels.watts(dBm: dBm)
    case .optimum:
      var best = (power_W: 0.0, ratio: Double.infinity)
      for channel in 0..<grid.count {
        let carrier = carrier(channel)
        let noise_W =
          span.emission_W_Hz(at: carrier.frequency_Hz) * carrier.symbolRate_Hz
        let eta = couplings[channel] / (carrier.symbolRate_Hz * carrier.symbolRate_Hz)
        let power_W = cbrt(noise_W / (2 * eta))
        let ratio = power_W / (1.5 * noise_W)
        if ratio < best.ratio { best = (power_W, ratio) }
      }
      return best.power_W
    }
  }
}
