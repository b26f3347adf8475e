// SPDX-License-Identifier: GPL-3.0-or-later

/// The channels of one mode that close over a route at full load.
public struct ClosingChannels: Hashable, Sendable {
  public let mode: TransceiverMode
  /// The channels that the grid has for the mode, lit all of them.
  public let channels: Int
  public let closing: Int
  /// How the worst of those that close arrives; where none does, the best of all.
  public let terms: QualityTerms

  public var capacity: BitsPerSecond { BitsPerSecond(mode.lineRate.value * Double(closing)) }
  public var margin_dB: Double { terms.margin_dB(for: mode) }
}

extension TransmissionTable {
  /// The mode with which the channels that close carry most together; one of a given line rate
  /// where one is asked for.
  ///
  /// Each channel counts by itself here, and of two modes that carry the same the first of the
  /// preference wins. Where none closes, the mode that comes nearest is returned. Nil where no such
  /// mode fits the grid.
  ///
  /// - Precondition: the route has a fibre.
  public func closingChannels(
    over route: [FibreID], margin_dB: Double, lineRate: BitsPerSecond? = nil
  ) -> ClosingChannels? {
    var best: ClosingChannels?
    for index in preference where lineRate.map({ modes[index].lineRate == $0 }) ?? true {
      guard let found = closingChannels(over: route, mode: index, margin_dB: margin_dB) else {
        continue
      }
      guard let known = best else {
        best = found
        continue
      }
      let isMore =
        found.closing + known.closing > 0
        ? found.capacity > known.capacity : found.margin_dB > known.margin_dB
      if isMore { best = found }
    }
    return best
  }

  /// The channels of one mode that close with the margin; nil where it does not fit the grid.
  ///
  /// - Precondition: the route has a fibre.
  public func closingChannels(
    over route: [FibreID], mode index: Int, margin_dB: Double
  ) -> ClosingChannels? {
    let mode = modes[index]
    var closing = 0
    var worst: QualityTerms?
    var best: QualityTerms?
    var channel = 0
    while let terms = terms(over: route, mode: index, channel: channel) {
      if best.map({ $0.gsnr_dB < terms.gsnr_dB }) ?? true { best = terms }
      if terms.margin_dB(for: mode) >= margin_dB {
        closing += 1
        if worst.map({ terms.gsnr_dB < $0.gsnr_dB }) ?? true { worst = terms }
      }
      channel += 1
    }
    guard let terms = worst ?? best else { return nil }
    return ClosingChannels(mode: mode, channels: channel, closing: closing, terms: terms)
  }
}
