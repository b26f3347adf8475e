// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// A span of fibre and the amplifier behind it, in SI units.
///
/// Light in it meets two kinds of noise. The amplifier adds spontaneous emission, as a density
/// h f F G behind it. The glass mixes the channels with one another; that is taken as noise (the
/// Gaussian noise model: P. Poggiolini et al., arXiv:1209.0394, equations 120 and 123), added up
/// without phase from span to span. Both as in GNPy's `gn_model_analytic`, without Raman scattering.
struct FibreSpan {
  /// What the span takes from light, and its amplifier gives back.
  let gain: Double
  private let noiseFactor: Double
  private let effectiveLength_m: Double
  /// The effective length of an endless fibre.
  private let asymptoticLength_m: Double
  private let dispersion_s2_m: Double
  private let gamma_W_m: Double
  private let reference_Hz: Double
  /// Effective area over the area of the core.
  private let spread: Double

  init(_ section: RouteSection) {
    let line = section.line
    let length_km = section.spanLength.value
    gain = Decibels.ratio(of: line.loss_dB_km * length_km + line.lumpedLoss_dB)
    noiseFactor = Decibels.ratio(of: line.noiseFigure_dB)
    let loss_m = line.loss_dB_km * 1e-3 / Decibels.of(ratio: exp(1))
    effectiveLength_m = (1 - exp(-loss_m * length_km * 1e3)) / loss_m
    asymptoticLength_m = 1 / loss_m
    reference_Hz = line.reference_THz * 1e12
    dispersion_s2_m =
      abs(line.dispersion_ps_nm_km) * 1e-6 * Physics.speedOfLight_m_s
      / (2 * .pi * reference_Hz * reference_Hz)
    gamma_W_m = line.gamma_W_km * 1e-3
    spread =
      2 * Physics.nonlinearIndex_m2_W * reference_Hz
      / (Physics.speedOfLight_m_s * gamma_W_m * Physics.coreRadius_m * Physics.coreRadius_m)
  }

  /// The density of the amplifier's noise, in watts per hertz.
  ///
  /// F G and not F (G - 1), as GNPy has it: 0.11 dB more at a gain of 16 dB.
  func emission_W_Hz(at frequency_Hz: Double) -> Double {
    Physics.planck_J_s * frequency_Hz * noiseFactor * gain
  }

  /// The nonlinear coefficient at a frequency.
  ///
  /// It grows with the frequency, and because the light of higher ones keeps closer to the core:
  /// with D. Marcuse's mode radius the area is pi a2 / ln V, V in proportion to the frequency.
  private func gamma_W_m(at frequency_Hz: Double) -> Double {
    let ratio = frequency_Hz / reference_Hz
    return gamma_W_m * ratio * (1 + spread * log(ratio))
  }

  /// The part of a channel's power that another one turns to noise in the span, over the square of
  /// that one's power density: eta R2 of the literature.
  ///
  /// The other is `offset_Hz` above; a channel does it to itself at an offset of zero with half the
  /// weight.
  func coupling(of channel: Carrier, with symbolRate_Hz: Double, offset_Hz: Double) -> Double {
    let scale = .pi * .pi * asymptoticLength_m * dispersion_s2_m * channel.symbolRate_Hz
    let half = symbolRate_Hz / 2
    let phases = asinh(scale * (offset_Hz + half)) - asinh(scale * (offset_Hz - half))
    let weight = offset_Hz == 0 ? 16.0 / 27.0 : 32.0 / 27.0
    let gamma = gamma_W_m(at: channel.frequency_Hz)
    return gamma * gamma * weight * effectiveLength_m * effectiveLength_m * phases
      / (4 * .pi * dispersion_s2_m * asymptoticLength_m)
  }
}

/// A channel as the span sees it.
struct Carrier: Hashable {
  var frequency_Hz: Double
  var symbolRate_Hz: Double

  init(centre_THz: Double, symbolRate_GBd: Double) {
    frequency_Hz = centre_THz * 1e12
    symbolRate_Hz = symbolRate_GBd * 1e9
  }
}

/// Constants of nature and of silica.
enum Physics {
  static let planck_J_s = 6.626_070_15e-34
  static let speedOfLight_m_s = 299_792_458.0
  /// The nonlinear refractive index of silica and the radius of a core, as GNPy has them.
  static let nonlinearIndex_m2_W = 2.6e-20
  static let coreRadius_m = 4.2e-6
}
