// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// What happens to links and flows, whoever's they are.
enum WorldEvent: RunEvent {
  /// The first byte of a flow has crossed its path; from now on it shares bandwidth.
  case flowStarts(waiting: Position<WaitingFlow>)
  /// The scenario changes links.
  case linkChanges(change: Int32)
  case linksAreSampled
  /// A link has been down for as long as some class is patient.
  case patienceEnds(link: Int32)

  /// What was lost of the end of a flow has been sent again and is in.
  case flowIsWhole(ending: Position<EndingFlow>)
  /// From now on statistics count.
  case warmUpEnds

  var mark: EventMark? {
    switch self {
    case .flowStarts(let index): EventMark(2, index)
    case .linkChanges(let index): EventMark(3, index)
    case .flowIsWhole(let ending): EventMark(18, ending)
    // Looks at the run are not a part of it.
    case .linksAreSampled, .warmUpEnds: nil
    case .patienceEnds(let index): EventMark(6, index)
    }
  }
}

extension World {
  func handle(_ event: WorldEvent) throws(RunError) {
    switch event {
    case .flowStarts(let waiting): try flowStarts(waiting)
    case .linkChanges(let change): try linkChanges(model.changes[Int(change)])
    case .linksAreSampled: try linksAreSampled()
    case .patienceEnds(let link): try patienceEnds(link: link)
    case .flowIsWhole(let ending): try flowIsWhole(ending)
    case .warmUpEnds: try warmUpEnds()
    }
  }
}
