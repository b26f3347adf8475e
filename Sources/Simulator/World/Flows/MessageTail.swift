// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

/// A message whose last bit has been sent.
struct SentPart {
  var bits: Double
  /// The flow class that it, or its last part, was sent on.
  var flowClass: FlowClassID
  /// So many parts sent it at once.
  var parts = 1
  /// How many messages like it end together, when the last of them is in.
  var together = 1
}

/// The time that the end of a message takes, and where most of what is lost is.
struct MessageTail {
  var seconds: Double
  var link: LinkID
  var cause: LossCause

  /// In whole nanoseconds, up to the longest that can be told.
  var time: SimDuration {
    SimDuration(seconds: seconds) ?? SimDuration(nanoseconds: .max)
  }
}

extension LossBook {
  /// Books a tail of so many messages to the losses that they wait for.
  func note(_ tail: MessageTail, of index: FlowClassID, messages: Double = 1) {
    let limit = TransportLimit.loss(link: tail.link, cause: tail.cause)
    flowClasses[index.index].held[limit, default: 0] += tail.seconds * messages
  }

  /// Books what held a flow class at its ceiling to the limit that it had until now.
  func noteLimit(of index: FlowClassID, in fluid: borrowing FluidSystem) {
    guard isOn, index.index < flowClasses.count else { return }
    let held = fluid.secondsAtCeiling(ofClass: index.index)
    let sinceThen = held - flowClasses[index.index].heldBefore
    guard sinceThen > 0 else { return }
    flowClasses[index.index].held[flowClasses[index.index].limit, default: 0] += sinceThen
    flowClasses[index.index].heldBefore = held
  }
}
