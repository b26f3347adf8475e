// SPDX-License-Identifier: GPL-3.0-or-later

/// The flow with the fewest bits left goes first.
///
/// On a single link, without floors and with ceilings as high as it, this is shortest remaining
/// processing time, which no other order beats in mean completion time (L. Schrage, Operations
/// Research 16, 1968).
struct SmallestFirst: FlowScheduling {
  var ordersFlows: Bool { true }
  func rank(of flow: SchedulingQuestion) -> Double { flow.bitsLeft }
}
