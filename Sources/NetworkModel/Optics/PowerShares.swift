// SPDX-License-Identifier: GPL-3.0-or-later

/// What the power of a channel consists of: signal, amplifier noise, nonlinear interference.
///
/// Shares add up to one. What a fibre does to them is linear in them, so that one value serves as
/// both: the shares of a channel that starts as pure signal, and the change that a fibre makes to
/// any channel. A route is then a walk over its fibres.
struct PowerShares {
  /// The power in all, at the end of the fibre.
  private(set) var power_W: Double
  private(set) var signal = 1.0
  private(set) var emission = 0.0
  private(set) var interference = 0.0

  /// Pure signal.
  init(launch_W: Double) {
    power_W = launch_W
  }

  /// What a fibre of so many equal spans makes of a channel that enters it as pure signal.
  init(
    span: FibreSpan, count: Int, launch_W: Double, carrier: Carrier, interference: Interference
  ) {
    self.init(launch_W: launch_W)
    for passed in 0..<count {
      cross(span, after: passed, carrier: carrier, interference: interference)
    }
  }

  /// Takes the channel over one span more of a fibre, of which it has passed so many.
  ///
  /// Noise displaces signal: the interference takes its part from all that was there, and the
  /// amplifier, whose gain is the loss of the span, lifts the new noise with it.
  mutating func cross(
    _ span: FibreSpan, after passed: Int, carrier: Carrier, interference: Interference
  ) {
    let density_W_Hz = span.emission_W_Hz(at: carrier.frequency_Hz)
    turn(interference.part(addedDensity_W_Hz: Double(passed) * density_W_Hz))
    add(emission_W: density_W_Hz * carrier.symbolRate_Hz)
  }

  private mutating func turn(_ part: Double) {
    signal *= 1 - part
    emission *= 1 - part
    interference = interference * (1 - part) + part
  }

  private mutating func add(emission_W: Double) {
    let old = power_W / (power_W + emission_W)
    signal *= old
    interference *= old
    emission = emission * old + (1 - old)
    power_W += emission_W
  }

  /// Takes the channel over one more fibre.
  ///
  /// The site between the two sets the channel to the launch power of the next.
  mutating func pass(_ next: PowerShares) {
    power_W = next.power_W
    emission = emission * next.signal + next.emission
    interference = interference * next.signal + next.interference
    signal *= next.signal
  }

  /// Signal over all noise, in the bandwidth of the signal.
  var ratio: Double { signal / (emission + interference) }
}
