// SPDX-License-Identifier: GPL-3.0-or-later

/// The mode chosen for a route, and how well it closes.
public struct ModeChoice: Hashable, Sendable {
  /// Its position among the modes to choose from.
  public let index: Int
  public let mode: TransceiverMode
  /// The channel that was looked at, which is the worst one unless another was asked for.
  public let channel: Int
  public let terms: QualityTerms

  /// What the channel has above the need of its mode.
  public var margin_dB: Double { terms.margin_dB(for: mode) }
}
