// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator

/// The capacity of a link over time, by what the scenario does to it.
struct CapacityTimeline {
  private(set) var steps: [(from: Int64, capacity: Double)]
  /// How many failures of the link there are after each step.
  private var failures = 0

  init(_ model: Model, link: Int) {
    var capacity = model.topology.links[link].capacity.value
    steps = [(0, capacity)]
    // A stable order: those of one instant keep theirs.
    for change in model.changes where change.links.contains(where: { Int($0.index) == link }) {
      switch change.kind {
      case .capacity(let value): capacity = value.value
      case .fail: failures += 1
      case .repair: failures = max(0, failures - 1)
      }
      steps.append((change.time.nanoseconds, failures > 0 ? 0 : capacity))
    }
  }

  var most: Double { steps.map(\.capacity).max() ?? 0 }

  func mean(from: Int64, to: Int64) -> Double {
    var sum = 0.0
    for (index, step) in steps.enumerated() {
      let next = index + 1 < steps.count ? steps[index + 1].from : .max
      let length = min(next, to) - max(step.from, from)
      if length > 0 { sum += Double(length) * step.capacity }
    }
    return sum / Double(to - from)
  }

  func capacity(at instant: Int64) -> Double {
    steps.last { $0.from <= instant }?.capacity ?? 0
  }
}
