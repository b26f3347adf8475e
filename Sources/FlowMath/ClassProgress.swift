// SPDX-License-Identifier: GPL-3.0-or-later

/// What a class of flows has done so far.
///
/// Only virtual time moves with each change of rate. What depends on the number of flows, and what
/// held them, is booked when that number or the holder changes.
struct ClassProgress: BitwiseCopyable {
  /// Bits served to each flow since the class last stood empty.
  var virtualTime = 0.0
  /// Bits per nanosecond for each flow, where it is in no group.
  var rate = 0.0
  /// What the clock of its group showed when it was last served.
  var mark = 0.0
  /// The instant up to which `virtualTime` counts.
  var updatedAt = 0.0
  /// Bits sent by all flows since the start of the run, up to `bookedTime`, and those of them
  /// that were of no use.
  var sent = 0.0
  var sentAgain = 0.0
  /// The part of what is sent that is of use: virtual time counts that part only.
  var yield = 1.0
  /// Virtual time and instant up to which `sent` and the held times count.
  var (bookedTime, bookedAt) = (0.0, 0.0)
  /// Whether the link that holds the class has no capacity.
  var isDown = false
  /// The path entry that holds the class back now.
  var heldBy: Int32 = 0
  /// What holds it in groups, or -1, and the number of its ratio of floor and weight there.
  var holder: Int32 = -1
  var floorRatio: Int32 = 0
  var flows: Int32 = 0
  var heap = FlowHeap()
}

/// A flow that is done.
public struct FinishedFlow: Equatable, Sendable {
  public var slot: Int
  public var flowClass: Int
  /// The nearest whole nanosecond to the instant at which its last bit was sent.
  public var nanoseconds: Int64
  /// The position on its path of the link that held it back for longest, or nil for its own ceiling, and
  /// where that is not noted.
  public var bottleneck: Int?
}
