// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import YAMLReader

extension Checker {
  /// Gives pools the times in which events take them out of service.
  mutating func planOutages(of pools: inout [PoolDesign], _ isComplete: Bool) {
    for event in scenario.events {
      guard let name = event.failPool,
        let index = pool(named: name, among: pools, isComplete)
      else { continue }
      let start = SimTime.zero + event.at
      let end = event.duration.map { start + $0.value }
      pools[index].outages.append(PoolOutage(from: start, to: end))
    }
  }
}
