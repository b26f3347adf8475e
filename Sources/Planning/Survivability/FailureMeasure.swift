// SPDX-License-Identifier: GPL-3.0-or-later

/// What failures are ranked by.
package enum FailureMeasure: String, CaseIterable, Sendable {
  /// What is not carried in the worst hour.
  case traffic
  /// Bytes that are not carried if it lasts through all hours.
  case bytes
  /// Tokens that no site has room for, if it lasts through all hours.
  case tokens
  /// What has no way left.
  case stranded
  /// Pairs of places without a way.
  case pairs
  /// The use of the fullest link.
  case links
  /// Deadlines that are missed, and yuan that are paid, in simulations.
  case deadlines, yuan

  /// Whether simulations alone tell it.
  package var isOfRuns: Bool { self == .deadlines || self == .yuan }

  /// The metrics whose rise it is the sum of.
  var metrics: [String] {
    switch self {
    case .deadlines:
      ["deadlines_missed", "job_deadlines_missed", "elastic_deadlines_missed"]
    case .yuan: ["energy_cost", "demand_cost", "inference_energy_cost"]
    case .traffic, .bytes, .tokens, .stranded, .pairs, .links: []
    }
  }
}

extension FailureEffect {
  /// Which of two hurts more by a measure; of equals by what is not carried, by tokens refused, by
  /// the first minutes, by what is cut off, by the use of links.
  package static func isWorse(
    _ one: FailureEffect, _ other: FailureEffect, by measure: FailureMeasure = .traffic
  ) -> Bool {
    let keys = [
      (one.value(of: measure), other.value(of: measure)), (one.unserved, other.unserved),
      (one.tokensRefused, other.tokensRefused), (one.atFirst, other.atFirst),
      (Double(one.cutPairs.count), Double(other.cutPairs.count)),
      (one.fullest?.use ?? 0, other.fullest?.use ?? 0),
    ]
    if let key = keys.first(where: { $0.0 != $0.1 }) { return key.0 > key.1 }
    return one.failure.name < other.failure.name
  }

  private func value(of measure: FailureMeasure) -> Double {
    switch measure {
    case .traffic, .deadlines, .yuan: unserved
    case .bytes: bytesOfDay
    case .tokens: tokensOfDay
    case .stranded: stranded
    case .pairs: Double(cutPairs.count)
    case .links: fullest?.use ?? 0
    }
  }
}
