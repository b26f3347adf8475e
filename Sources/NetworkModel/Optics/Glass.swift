// SPDX-License-Identifier: GPL-3.0-or-later

/// Kinds of fibre, by the ITU-T recommendation they follow.
///
/// Dispersion and effective area are those of GNPy's library of equipment (SSMF, LOF and NZDF); the
/// nonlinear coefficient follows from the area as 2 pi n2 f / (c A) with n2 = 2.6e-20 m2/W at
/// 193.7 THz. Losses are those of laid cable.
public enum Glass: String, CaseIterable, Sendable {
  /// The standard fibre: 83 um2.
  case g652D = "G.652.D"
  /// Large effective area, 125 um2, of trunks built for 400 Gbit/s and more.
  ///
  /// Its loss is 0.02 dB/km below that of G.652.D, as makers of cable say of what is laid.
  case g654E = "G.654.E"
  /// Low dispersion, 72 um2, of trunks built around 2000.
  case g655 = "G.655"
}

extension LineDesign {
  /// Creates a line of that glass; all else is standard.
  public init(glass: Glass) {
    self.init()
    switch glass {
    case .g652D: break
    case .g654E:
      loss_dB_km = 0.18
      dispersion_ps_nm_km = 22
      gamma_W_km = 0.844
    case .g655:
      dispersion_ps_nm_km = 5
      gamma_W_km = 1.466
    }
  }
}
