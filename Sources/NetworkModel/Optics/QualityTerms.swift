// SPDX-License-Identifier: GPL-3.0-or-later

/// How well a channel arrives at the end of its route, and why no better.
public struct QualityTerms: Hashable, Sendable {
  public let centre_THz: Double
  public let symbolRate_GBd: Double
  public let spanCount: Int
  public let length: Kilometres
  /// The powers that arrive in the bandwidth of the signal, which is its symbol rate.
  public let signal_W: Double
  public let emission_W: Double
  public let interference_W: Double

  public var signal_dBm: Double { Decibels.dBm(watts: signal_W) }
  /// Noise of the amplifiers (ASE).
  public var emission_dBm: Double { Decibels.dBm(watts: emission_W) }
  /// Nonlinear interference (NLI).
  public var interference_dBm: Double { Decibels.dBm(watts: interference_W) }

  /// Signal over amplifier noise, in the bandwidth of the signal.
  public var osnr_dB: Double { Decibels.of(ratio: signal_W / emission_W) }
  /// Signal over nonlinear interference, in the bandwidth of the signal.
  public var nonlinearSNR_dB: Double { Decibels.of(ratio: signal_W / interference_W) }
  /// Signal over all noise, in the bandwidth of the signal.
  public var gsnr_dB: Double { Decibels.of(ratio: signal_W / (emission_W + interference_W)) }

  /// What is added to a ratio in the bandwidth of the signal for the one with noise in 0.1 nm.
  public var to01nm_dB: Double { Decibels.of(ratio: symbolRate_GBd / 12.5) }
  /// The same ratios with the noise in 12.5 GHz, which is 0.1 nm at 1550 nm.
  public var osnr01nm_dB: Double { osnr_dB + to01nm_dB }
  public var nonlinearSNR01nm_dB: Double { nonlinearSNR_dB + to01nm_dB }
  public var gsnr01nm_dB: Double { gsnr_dB + to01nm_dB }

  /// What the channel has above the need of a mode; below zero it does not close.
  public func margin_dB(for mode: TransceiverMode) -> Double {
    gsnr01nm_dB - mode.requiredOSNR_dB
  }
}

extension QualityTerms {
  init(_ shares: PowerShares, centre_THz: Double, symbolRate_GBd: Double, over route: RouteLength) {
    self.centre_THz = centre_THz
    self.symbolRate_GBd = symbolRate_GBd
    spanCount = route.spanCount
    length = Kilometres(route.length_km)
    signal_W = shares.power_W * shares.signal
    emission_W = shares.power_W * shares.emission
    interference_W = shares.power_W * shares.interference
  }
}

/// How long a route is.
struct RouteLength {
  var length_km = 0.0
  var spanCount = 0

  mutating func add(_ section: RouteSection) {
    length_km += section.length.value
    spanCount += section.spanCount
  }
}
