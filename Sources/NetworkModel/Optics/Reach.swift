// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a mode gets over one fibre of a kind.
public struct Reach: Hashable, Sendable {
  /// The length up to which every fibre closes.
  public let length: Kilometres
  /// The spans of a fibre of that length.
  public let spanCount: Int
  /// How many of the line's longest spans close in a row.
  public let fullSpanCount: Int

  /// Half around the Earth, which is as far as it is counted.
  static let limit_km = 20_000.0
}

extension Transmission {
  /// How far a mode gets over a line with the margin, at full load and on its worst channel.
  ///
  /// What closes over n of the longest spans closes over every shorter fibre too: that has no more
  /// spans, none longer. Fibres of up to one span more are cut into n + 1 equal ones, whose noise grows
  /// with their length, so that the end among them is halved in on, to less than a metre. Often there
  /// are some, as shorter spans need less gain; and some longer fibre, just past a further span, may
  /// close as well.
  public func reach(of mode: TransceiverMode, line: LineDesign, margin_dB: Double) -> Reach {
    let span_km = line.longestSpan.value
    let full = fullSpans(of: mode, line: line, margin_dB: margin_dB)
    var closing_km = Double(full) * span_km
    guard closing_km + span_km <= Reach.limit_km else {
      return Reach(length: Kilometres(closing_km), spanCount: full, fullSpanCount: full)
    }
    var failing_km = closing_km + span_km
    while failing_km - closing_km > 1e-3 {
      let middle_km = (closing_km + failing_km) / 2
      let section = RouteSection(length: Kilometres(middle_km), line: line)
      let closes = spans(of: mode, section, margin_dB: margin_dB) == section.spanCount
      if closes { closing_km = middle_km } else { failing_km = middle_km }
    }
    let spanCount =
      closing_km > 0 ? RouteSection(length: Kilometres(closing_km), line: line).spanCount : 0
    return Reach(
      length: Kilometres(closing_km), spanCount: spanCount, fullSpanCount: full)
  }

  /// How many of the line's longest spans every channel crosses.
  private func fullSpans(of mode: TransceiverMode, line: LineDesign, margin_dB: Double) -> Int {
    let count = Int(Reach.limit_km / line.longestSpan.value)
    let length = Kilometres(Double(count) * line.longestSpan.value)
    return spans(of: mode, RouteSection(length: length, line: line), margin_dB: margin_dB)
  }

  /// How many spans of a section every channel crosses.
  private func spans(of mode: TransceiverMode, _ section: RouteSection, margin_dB: Double) -> Int {
    guard let fibre = filled(section, mode: mode) else { return 0 }
    let needed = mode.neededRatio(margin_dB: margin_dB)
    var count = section.spanCount
    for channel in 0..<fibre.load.grid.count {
      count = fibre.spans(of: channel, above: needed, atMost: count)
    }
    return count
  }
}

extension TransceiverMode {
  /// The ratio of signal to noise that the mode needs, in the bandwidth of its signal.
  fileprivate func neededRatio(margin_dB: Double) -> Double {
    Decibels.ratio(of: requiredOSNR_dB + margin_dB) * 12.5 / symbolRate_GBd
  }
}
