// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario

extension AxisSection {
  /// How many values the axis has, before any of them is made; 1 where that is not known yet.
  var count: Double {
    if let values { return Double(values.count) }
    if let log { return Double(log.count.value) }
    if let zip { return Double(zip.first?.values.count ?? 1) }
    return range?.count ?? 1
  }
}

extension RangeSection {
  /// 1 where it is in error, which is reported elsewhere.
  var count: Double {
    guard let from = Measure(from.value), let to = Measure(to.value),
      let step = Measure(step.value),
      step.number > 0, to.number >= from.number
    else { return 1 }
    return Measure.steps(from: from.number, to: to.number, step: step.number)
  }
}

extension Measure {
  /// How many values there are from one end to the other.
  ///
  /// Steps are rounded: the last one counts where it is all but there.
  static func steps(from: Double, to: Double, step: Double) -> Double {
    ((to - from) / step + 1e-9).rounded(.down) + 1
  }
}
