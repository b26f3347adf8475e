// SPDX-License-Identifier: GPL-3.0-or-later

/// The flow with the fewest bits left goes first.
///
/// On a single link, without floors and with ceilings as high as it, this is shortest remaining
/// processing time, which no other order beats in mean completion time (L. Schrage, Operations
/// Research 16, 1968).
package struct SmallestFirst: FlowScheduling {
  package var ordersFlows: Bool { true }
  package var ranksByBitsLeft: Bool { true }
}
