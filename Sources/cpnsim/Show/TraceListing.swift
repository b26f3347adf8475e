// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Results
internal import Session
internal import Statistics
internal import Text
internal import Traces

/// What `show trace` prints: counts, rates, quantiles and fitted distributions.
struct TraceListing {
  private static let fractions = [0, 0.5, 0.9, 0.99, 1]
  private static let quantileNames = ["min", "p50", "p90", "p99", "max"]

  let file: String
  let summary: TraceSummary

  func text(as format: OutputFormat) -> String {
    switch format {
    case .table: tables
    case .csv, .json: listing.text(as: format)
    }
  }

  /// What was skipped.
  var warnings: [String] {
    guard summary.skipped.count > 0 else { return [] }
    return [RunWarning.skippedLines(file: file, summary.skipped).description]
  }

  private var measured: [TraceSummary.Quantity] {
    ([summary.gaps] + summary.quantities).filter { $0.summary.count > 0 }
  }
}

// MARK: - For people

extension TraceListing {
  private var tables: String {
    [overview, quantities, fits].filter { !$0.rows.isEmpty }.map(\.table).joined(separator: "\n")
  }

  private var overview: Listing {
    var listing = Listing([.init("trace"), .init(file)])
    listing.append([.text("kind"), .text(summary.kind.rawValue)])
    listing.append([.text("records"), .count(summary.count)])
    listing.append([.text("skipped lines"), .count(summary.skipped.count)])
    if let first = summary.first { listing.append([.text("first"), .instant(first)]) }
    if let last = summary.last { listing.append([.text("last"), .instant(last)]) }
    if let span = summary.span { listing.append([.text("span"), .duration(span)]) }
    if let rate = summary.rate {
      listing.append([.text("mean rate"), .text(Self.short(rate) + " /s")])
    }
    return listing
  }

  private var quantities: Listing {
    var listing = Listing(
      (["quantity", "known", "zero", "sum", "mean", "variation²"] + Self.quantileNames)
        .map { .init($0) })
    for quantity in measured {
      let summary = quantity.summary
      let values = [summary.sum, summary.mean].map { Cell.text(shown($0, quantity.unit)) }
      let quantiles = summary.quantiles(Self.fractions).map { Cell.text(shown($0, quantity.unit)) }
      listing.append(
        [.text(quantity.name), .count(summary.count), .count(summary.zeros)] + values
          + [summary.squaredVariation.map { .text(Self.short($0)) } ?? .absent] + quantiles)
    }
    return listing
  }

  private var fits: Listing {
    var listing = Listing(
      ["quantity", "fit", "parameters", "KS distance", "best"].map { .init($0) })
    for quantity in measured {
      for (rank, fit) in quantity.summary.fits.enumerated() {
        let parameters = fit.distribution.named.map { "\($0.name) \(Self.short($0.value))" }
        listing.append([
          .text(quantity.name), .text(fit.distribution.family),
          .text(parameters.joined(separator: ", ")), .text(Self.short(fit.distance)),
          .text(rank == 0 ? "best" : ""),
        ])
      }
    }
    return listing
  }

  private func shown(_ value: Double, _ unit: String?) -> String {
    switch unit {
    case "s": formatted(seconds: value)
    case "B": formatted(bytes: value)
    default: formatted(count: value)
    }
  }

  /// Four digits, which is more than a fit is good for.
  static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return Cell.plain(value) }
    var scale = 1.0
    while value.magnitude / scale >= 10_000 { scale *= 10 }
    while value.magnitude / scale < 1000, scale > 1e-300 { scale /= 10 }
    let digits = (value / scale).rounded()
    // A power of ten below one is inexact, and its inverse is not.
    return Cell.plain(scale < 1 ? digits / (1 / scale).rounded() : digits * scale)
  }
}

// MARK: - For programs

extension TraceListing {
  private var listing: Listing {
    var listing = Listing(["quantity", "statistic", "value", "unit"].map { .init($0) })
    func add(_ quantity: String, _ statistic: String, _ value: Cell, _ unit: String? = nil) {
      listing.append([
        .text(quantity), .text(statistic), value, unit.map { .text($0) } ?? .absent,
      ])
    }
    add("trace", "kind", .text(summary.kind.rawValue))
    add("trace", "records", .count(summary.count))
    add("trace", "skipped_lines", .count(summary.skipped.count))
    if let first = summary.first { add("trace", "first", .instant(first), "s") }
    if let last = summary.last { add("trace", "last", .instant(last), "s") }
    if let span = summary.span { add("trace", "span", .duration(span), "s") }
    if let rate = summary.rate { add("trace", "rate", .share(rate), "1/s") }
    for quantity in measured {
      let summary = quantity.summary
      add(quantity.name, "count", .count(summary.count))
      add(quantity.name, "zeros", .count(summary.zeros))
      add(quantity.name, "sum", .share(summary.sum), quantity.unit)
      add(quantity.name, "mean", .share(summary.mean), quantity.unit)
      if let variation = summary.squaredVariation {
        add(quantity.name, "squared_variation", .share(variation))
      }
      for (name, value) in zip(Self.quantileNames, summary.quantiles(Self.fractions)) {
        add(quantity.name, name, .share(value), quantity.unit)
      }
      for (rank, fit) in summary.fits.enumerated() {
        let family = fit.distribution.family
        if rank == 0 { add(quantity.name, "best_fit", .text(family)) }
        for (name, value) in fit.distribution.named {
          add(quantity.name, "\(family)/\(name)", .share(value))
        }
        add(quantity.name, "\(family)/ks_distance", .share(fit.distance))
      }
    }
    return listing
  }
}

extension Distribution {
  /// Its name as scenarios have it.
  var family: String {
    switch self {
    case .fixed: "fixed"
    case .exponential: "exponential"
    case .lognormal: "lognormal"
    case .boundedPareto: "pareto"
    case .gamma: "gamma"
    case .empirical: "empirical"
    }
  }

  /// Its parameters, those that scenarios take first.
  fileprivate var named: [(name: String, value: Double)] {
    // Of a fit to values that lie very far apart these may be beyond all numbers.
    let usual = [("mean", mean), ("variation", variance.squareRoot() / mean)]
      .filter(\.1.isFinite)
    return switch self {
    case .fixed(let value): [("value", value)]
    case .exponential(let mean): [("mean", mean)]
    case .lognormal(let zeta, let sigma): usual + [("zeta", zeta), ("sigma", sigma)]
    case .boundedPareto(let alpha, let minimum, let maximum):
      [("alpha", alpha), ("min", minimum), ("max", maximum)]
    case .gamma(let shape, let scale): usual + [("shape", shape), ("scale", scale)]
    case .empirical: []
    }
  }
}
