// SPDX-License-Identifier: GPL-3.0-or-later

/// How a fibre is built: what its glass does to light, and where its amplifiers stand.
///
/// A fibre is cut into equal spans no longer than `longestSpan`, each with an amplifier behind it
/// that makes up for its loss. The defaults are those of ITU-T G.652.D glass in the C band.
public struct LineDesign: Hashable, Sendable {
  public var longestSpan = Kilometres(80)
  public var loss_dB_km = 0.2
  /// Lumped loss of each span, such as that of its connectors, at its far end.
  public var lumpedLoss_dB = 0.0
  /// Chromatic dispersion at the reference frequency.
  public var dispersion_ps_nm_km = 16.7
  /// The frequency that dispersion and the nonlinear coefficient are given at.
  public var reference_THz = 193.7
  /// The Kerr nonlinear coefficient at the reference frequency.
  public var gamma_W_km = 1.27
  public var noiseFigure_dB = 5.0

  public init() {}

  public static let standard = LineDesign()

  /// Throws for figures outside of the range in which the models of light hold.
  public func validate() throws(OpticsError) {
    try OpticsError.check(longestSpan.value, "the longest span", in: 1...400, "km")
    try OpticsError.check(loss_dB_km, "the loss", in: 0.05...10, "dB/km")
    try OpticsError.check(lumpedLoss_dB, "the lumped loss", in: 0...30, "dB")
    // Near no dispersion at all the Gaussian noise model fails.
    try OpticsError.check(abs(dispersion_ps_nm_km), "the dispersion", in: 1...200, "ps/nm/km")
    try OpticsError.check(reference_THz, "the reference frequency", in: 150...250, "THz")
    try OpticsError.check(gamma_W_km, "the nonlinear coefficient", in: 0.3...30, "/W/km")
    try OpticsError.check(noiseFigure_dB, "the noise figure", in: 0...20, "dB")
  }
}
