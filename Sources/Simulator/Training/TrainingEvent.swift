// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// What can happen to a training job, apart from the end of its transfers.
enum TrainingEvent: BitwiseCopyable {
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
  /// The first bytes of a transfer between sites have crossed the way.
  case hopBegins(span: Int32, hop: Int32)
  /// What was lost of the end of a transfer of a phase has been sent again and is in.
  case transferIsWhole(exchange: Int32)
  /// The same of a transfer between sites.
  case hopIsWhole(span: Int32, hop: Int32)
  /// What sites had for each other has arrived.
  case sitesHaveMet(span: Int32)
  /// A microbatch is through the stages of a site.
  case microbatchLeaves(span: Int32, stop: Int32)

  /// The number that stands for the case in the digest, behind those of other happenings.
  var kind: UInt8 {
    switch self {
    case .jobStarts: 32
    case .gradientsBegin: 33
    case .computeEnds: 34
    case .transfersStart: 35
    case .hostsAreDone: 36
    case .phaseEnds: 37
    case .iterationsPass: 38
    case .hopBegins: 39
    case .sitesHaveMet: 40
    case .microbatchLeaves: 41
    case .transferIsWhole: 42
    case .hopIsWhole: 43
    }
  }

  var subject: Int {
    switch self {
    case .jobStarts(let index), .gradientsBegin(let index), .computeEnds(let index),
      .transfersStart(let index, _), .hostsAreDone(let index), .phaseEnds(let index),
      .iterationsPass(let index), .sitesHaveMet(let index), .hopBegins(_, let index),
      .microbatchLeaves(_, let index), .transferIsWhole(let index), .hopIsWhole(_, let index):
      Int(index)
    }
  }
}
