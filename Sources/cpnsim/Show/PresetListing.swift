// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Statistics
internal import Traffic

/// What `show presets` prints: what the traces have, and what is drawn for it.
enum PresetListing {
  static func listing() -> Listing {
    var listing = Listing([
      .init("preset"), .init("quantity"), .init("unit"), .init("mean"), .init("variation"),
      .init("drawn from"), .init("median", "trace_median"), .init("p95", "trace_p95"),
      .init("p99", "trace_p99"), .init("samples"), .init("daily curve", "daily_curve"),
      .init("source"),
    ])
    for preset in WorkloadPreset.builtIn() {
      for figure in preset.figures {
        let hasCurve = figure.quantity == .gap && !preset.daily.isEmpty
        listing.append([
          .text(preset.name), .text(figure.quantity.rawValue),
          figure.unit.isEmpty ? .absent : .text(figure.unit), .number(figure.mean),
          .number(figure.variation), .text(figure.distribution.family),
          .number(figure.quantiles[2]), .number(figure.quantiles[4]),
          .number(figure.quantiles[5]), .count(figure.samples),
          .text(hasCurve ? "\(preset.daily.count) parts" : ""), .text(figure.source),
        ])
      }
    }
    return listing
  }
}

extension Cell {
  /// A number without a unit, to four digits: tables of traces are not more exact.
  fileprivate static func number(_ value: Double) -> Cell { .text(TraceListing.short(value)) }
}
