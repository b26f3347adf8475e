// SPDX-License-Identifier: GPL-3.0-or-later

// From one layer of groups to the next: a link in a lower layer has what the higher ones leave.

extension Sharing {
  /// Puts the links of the layer in line that have waited for it.
  mutating func putLaterInLine() {
    for place in 0..<groups.later.count {
      let look = groups.later[place]
      if layer(of: look.link) == groups.layer { groups.queue.push(look.link, at: look.level) }
    }
  }

  /// Gives the next layer what this one leaves, where that may have changed.
  mutating func passOnInGroups() {
    var kept = 0
    var place = 0
    // Links of the next layer that may leave something else are added behind meanwhile, and kept.
    while place < groups.loose.count {
      let link = groups.loose[place]
      place += 1
      guard layer(of: link) == groups.layer else {
        groups.loose[kept] = link
        kept += 1
        continue
      }
      groups.links[link].isLoose = false
      let left = groups.levels[link] < .infinity ? 0 : capacityLeft(by: link)
      if groups.links[link + 1].capacity != left { setCapacity(ofHolder: link + 1, to: left) }
    }
    groups.loose.resize(to: kept, filling: 0)
  }

  /// What a link that is not full leaves of its capacity.
  private mutating func capacityLeft(by link: Int32) -> Double {
    let left = groups.links[link].capacity - rowSum(of: link).total
    // Rounding must not leave a sliver to be shared on a link that is full.
    let whole = linkCapacity[Int(Groups.port(of: link)) / layers]
    return left < levelTolerance * whole ? 0 : left
  }
}
