// SPDX-License-Identifier: GPL-3.0-or-later

/// The name of one scheduled event, by which it can be cancelled or moved.
///
/// A handle outlives its event without harm: no later event ever gets the same one, so the queue
/// answers `false` to a handle whose event has been popped or cancelled.
public struct EventHandle: Hashable, Sendable, BitwiseCopyable {
  /// The order word that the event was first pushed with; see `EventKey`.
  let birth: UInt64

  init(birth: UInt64) {
    self.birth = birth
  }

  /// The handle of no event, for a place that has nothing scheduled yet.
  public static let none = EventHandle(birth: 0)
}
