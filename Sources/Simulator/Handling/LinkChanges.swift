// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel

/// Which links are down, and what each could carry if it were not.
struct LinkStates {
  private var capacity: [Double]
  private var isDown: [Bool]

  init(capacities: [Double]) {
    capacity = capacities
    isDown = Array(repeating: false, count: capacities.count)
  }

  mutating func apply(_ kind: LinkChange.Kind, to link: Int) {
    switch kind {
    case .capacity(let value): capacity[link] = value.value
    case .fail: isDown[link] = true
    case .repair: isDown[link] = false
    }
  }

  func isDown(_ link: LinkID) -> Bool { isDown[Int(link.index)] }

  /// What the link carries at most as things stand.
  func effectiveCapacity(of link: Int) -> Double { isDown[link] ? 0 : capacity[link] }
}

extension Run {
  /// The scenario changes links; flows on a link that is down stand still until it is repaired.
  mutating func linkChanges(_ change: LinkChange) {
    for id in change.links {
      let link = Int(id.index)
      links.apply(change.kind, to: link)
      let capacity = links.effectiveCapacity(of: link)
      fluid.setCapacity(of: link, to: capacity, at: now.nanoseconds)
      meter.setCapacity(of: link, to: capacity, at: now)
    }
  }
}
