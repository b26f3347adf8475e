// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// What links do to packets, and what transports and demands make of it.
final class Loss: Activity {
  let world: World

  init(_ world: World) {
    self.world = world
  }

  func begin() throws(RunError) { try planDemands() }

  func handle(_ event: LossEvent) throws(RunError) {
    switch event {
    case .demandChanges(let demand): try demandChanges(Int(demand))
    case .isLookedAt: lossIsLookedAt()
    }
  }

  /// Whether no demand changes any more.
  var isOver: Bool { loss.demands.allSatisfy { $0.demand.nextChange(after: now) == nil } }

  var fractionsDone: [Double] { [] }

  func flowBegins(on lane: Int32) {
    loss.noteFlow()
    renewLaneIfStale(lane)
  }

  /// Many connections at once are as much as all that was there before.
  func flowsBegin(on lane: Int32) {
    guard loss.isOn else { return }
    renewLaneIfStale(lane)
    loss.noteChange()
  }

  func linkChanges(_ link: LinkID) {
    if loss.isOn { loss.noteChange(of: Int(link.index)) }
  }

  /// Windows that are open leave demands more or less.
  func windowsChanged() throws(RunError) {
    guard loss.isOn else { return }
    try bookDemands()
    loss.noteChange()
  }

  /// What a link does to packets, as a sample tells it; nil where loss is not worked out.
  func quality(of link: Int) -> LinkLoss? {
    guard loss.isOn else { return nil }
    renewLongDelays(of: link)
    return lossOfLink(link)
  }
}

enum LossEvent: BitwiseCopyable {
  /// A demand starts, ends, or sends more or less.
  case demandChanges(demand: Int32)
  /// The loss of all links is looked at because it is time.
  case isLookedAt

  var mark: EventMark? {
    switch self {
    case .demandChanges(let demand): EventMark(16, demand)
    case .isLookedAt: EventMark(17)
    }
  }
}
