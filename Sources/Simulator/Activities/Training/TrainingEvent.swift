// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// What can happen to a training job, apart from the end of its transfers.
enum TrainingEvent: RunEvent {
  case jobStarts(job: Int32)
  /// So much has been computed that gradients can be exchanged.
  case gradientsBegin(job: Int32)
  case computeEnds(job: Int32)
  /// The first bytes between cards that meet at a tier have crossed their paths.
  case transfersStart(exchange: Int32, tier: FabricTier)
  /// What accelerators of one host have for each other is sent.
  case hostsAreDone(exchange: Int32)
  /// All that a phase had to send is sent.
  case phaseEnds(exchange: Int32)
  /// Iterations that were not simulated are over.
  case iterationsPass(job: Int32)
  /// The first bytes of a transfer between sites have crossed the path.
  case hopBegins(span: Int32, hop: Int32)
  /// What was lost of the end of a transfer of a phase has been sent again and is in.
  case transferIsWhole(exchange: Int32)
  /// The same of a transfer between sites.
  case hopIsWhole(span: Int32, hop: Int32)
  /// What sites had for each other has arrived.
  case sitesHaveMet(span: Int32)
  /// A microbatch is through the stages of a site.
  case microbatchLeaves(span: Int32, stop: Int32)

  var mark: EventMark? {
    switch self {
    case .jobStarts(let index): EventMark(32, index)
    case .gradientsBegin(let index): EventMark(33, index)
    case .computeEnds(let index): EventMark(34, index)
    case .transfersStart(let index, _): EventMark(35, index)
    case .hostsAreDone(let index): EventMark(36, index)
    case .phaseEnds(let index): EventMark(37, index)
    case .iterationsPass(let index): EventMark(38, index)
    case .hopBegins(_, let index): EventMark(39, index)
    case .sitesHaveMet(let index): EventMark(40, index)
    case .microbatchLeaves(_, let index): EventMark(41, index)
    case .transferIsWhole(let index): EventMark(42, index)
    case .hopIsWhole(_, let index): EventMark(43, index)
    }
  }
}
