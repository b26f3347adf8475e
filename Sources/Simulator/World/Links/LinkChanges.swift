// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel

/// What each link could carry, whether it has failed, and since when it carries nothing.
struct LinkStates {
  private var capacity: [Double]
  /// How many failures of it have begun and not ended.
  private var failures: [Int]
  /// The instant since which a link carries nothing; the end of time for one that does.
  private var downSince: [SimTime]
  /// The number of links that carry nothing: where there is none, flows need not look.
  private(set) var downCount = 0

  init(capacities: [Double]) {
    capacity = capacities
    failures = Array(repeating: 0, count: capacities.count)
    downSince = capacities.map { $0 > 0 ? .distantFuture : .zero }
    downCount = capacities.count { $0 == 0 }
  }

  mutating func apply(_ kind: LinkChange.Kind, to link: Int, at now: SimTime) {
    let was = isDown(link)
    switch kind {
    case .capacity(let value): capacity[link] = value.value
    case .fail: failures[link] += 1
    case .repair: failures[link] = max(0, failures[link] - 1)
    }
    guard (effectiveCapacity(of: link) == 0) != was else { return }
    downSince[link] = was ? .distantFuture : now
    downCount += was ? -1 : 1
  }

  func isDown(_ link: Int) -> Bool { downSince[link] < .distantFuture }

  /// Whether a link has failed itself, whatever light it has.
  func hasFailed(_ link: Int) -> Bool { failures[link] > 0 }

  func isDown(_ link: LinkID) -> Bool { isDown(Int(link.index)) }

  /// Whether a link has carried nothing for a time, at an instant.
  func isDown(_ link: LinkID, for time: SimDuration, at now: SimTime) -> Bool {
    let since = downSince[Int(link.index)]
    return since < .distantFuture && now - since >= time
  }

  /// What the link carries at most as things stand.
  func effectiveCapacity(of link: Int) -> Double { hasFailed(link) ? 0 : capacity[link] }
}

extension World {
  /// The scenario changes links.
  func linkChanges(_ change: LinkChange) throws(RunError) {
    for link in change.links { try changeLink(link, change.kind) }
    try tell(.scenarioChanged(change.links))
    try rebalanceFlows(around: change.links)
  }

  /// A link gets another capacity, fails or is repaired, with what follows for the flows on it.
  func changeLink(_ id: LinkID, _ kind: LinkChange.Kind) throws(RunError) {
    let link = Int(id.index)
    let wasDown = links.isDown(link)
    try tell(.linkWillChange(id))
    links.apply(kind, to: link, at: now)
    if linkProbe?.link == id {
      linkProbe?.noteCapacity(links.effectiveCapacity(of: link), at: now)
    }
    try tell(.linkChanges(id))
    fluid.setCapacity(of: link, to: capacityForFlows(link), at: now.nanoseconds)
    try tell(.linkChanged(id))
    flowClasses.setCapacity(of: id, to: links.effectiveCapacity(of: link), at: now)
    meter.setCapacity(of: link, to: links.effectiveCapacity(of: link), at: now)
    guard links.isDown(link) != wasDown else { return try tell(.linkKeepsUp(id)) }
    if wasDown { try linkIsBack(id) } else { try linkGoesDown(id) }
  }
}
