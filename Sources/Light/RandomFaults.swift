// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
internal import NetworkModel
internal import Statistics

/// Draws when things fail and how long repairs take.
///
/// Every fibre has a stream of its own for each kind of fault, so that what happens to one moves
/// nothing of another.
package struct RandomFaults {
  /// What takes a fibre down.
  package enum Kind: UInt8, CaseIterable, BitwiseCopyable {
    case cut
    case amplifier
  }

  /// Failures of one kind on one fibre: seconds on average, and where they are drawn from.
  private struct Source {
    var meanGap_s: Double
    var meanRepair_s: Double
    var stream: RandomStream
  }

  private var cuts: [Source] = []
  private var amplifiers: [Source] = []
  private var transponders: Source?

  package init(_ model: LightModel, seed: UInt64) {
    for fibre in model.plant.fibres {
      if let rate = model.failures.cutsOf1000Km {
        cuts.append(
          Source(
            meanGap_s: rate.meanGap_s * 1000 / fibre.length.value,
            meanRepair_s: rate.meanRepair_s,
            stream: RandomStream(seed: seed, name: "failures/cuts/\(fibre.name)")))
      }
      if let rate = model.failures.amplifiers {
        amplifiers.append(
          Source(
            meanGap_s: rate.meanGap_s / Double(fibre.section.spanCount),
            meanRepair_s: rate.meanRepair_s,
            stream: RandomStream(seed: seed, name: "failures/amplifiers/\(fibre.name)")))
      }
    }
    transponders = model.failures.transponders.map {
      Source(
        meanGap_s: $0.meanGap_s, meanRepair_s: $0.meanRepair_s,
        stream: RandomStream(seed: seed, name: "failures/transponders"))
    }
  }

  package mutating func gap(of kind: Kind, fibre: Int32) -> SimDuration? {
    switch kind {
    case .cut: cuts.isEmpty ? nil : RandomFaults.gap(&cuts[Int(fibre)])
    case .amplifier: amplifiers.isEmpty ? nil : RandomFaults.gap(&amplifiers[Int(fibre)])
    }
  }

  package mutating func repair(of kind: Kind, fibre: Int32) -> SimDuration {
    switch kind {
    case .cut: RandomFaults.repair(&cuts[Int(fibre)])
    case .amplifier: RandomFaults.repair(&amplifiers[Int(fibre)])
    }
  }

  package mutating func transponderGap() -> SimDuration? {
    guard var source = transponders else { return nil }
    defer { transponders = source }
    return RandomFaults.gap(&source)
  }

  package mutating func transponderRepair() -> SimDuration {
    guard var source = transponders else { return .zero }
    defer { transponders = source }
    return RandomFaults.repair(&source)
  }

  private static func gap(_ source: inout Source) -> SimDuration {
    draw(mean: source.meanGap_s, from: &source.stream)
  }

  private static func repair(_ source: inout Source) -> SimDuration {
    draw(mean: source.meanRepair_s, from: &source.stream)
  }

  /// At least a nanosecond, and no longer than can be told.
  private static func draw(mean: Double, from stream: inout RandomStream) -> SimDuration {
    let seconds = Distribution.exponential(mean: mean).sample(using: &stream)
    return SimDuration(nanoseconds: Int64(min(9e18, max(1, (seconds * 1e9).rounded()))))
  }
}
