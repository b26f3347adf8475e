// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// What can happen in a run, apart from the end of flows, which the fluid system tells itself.
///
/// An event of the world, or of one of its activities, which alone knows what it means.
enum Happening: BitwiseCopyable {
  case world(WorldEvent)
  case offered(OfferedEvent)
  case roundTrips(RoundTripEvent)
  case light(LightEvent)
  case loss(LossEvent)
  case elastic(ElasticEvent)
  case transfers(TransferEvent)
  case tokens(TokenEvent)
  case training(TrainingEvent)
  case computing(ComputingEvent)
  case serving(ServingEvent)
}

/// An event of the world or of an activity.
protocol RunEvent: BitwiseCopyable {
  /// What stands for it in the digest: a number for its kind, and what it happens to; nil for a
  /// look at the run, which leaves the digest alone.
  var mark: EventMark? { get }
}

/// What stands for an event in the digest of a run.
struct EventMark {
  var kind: UInt8
  var subject: Int

  init(_ kind: UInt8, _ subject: Int = 0) {
    self.kind = kind
    self.subject = subject
  }

  init(_ kind: UInt8, _ subject: Int32) {
    self.init(kind, Int(subject))
  }

  init<Record>(_ kind: UInt8, _ subject: Position<Record>) {
    self.init(kind, subject.index)
  }

  /// The kind of the end of a flow.
  static let flowEnds: UInt8 = 5
}
