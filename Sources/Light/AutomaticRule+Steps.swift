// SPDX-License-Identifier: GPL-3.0-or-later

// How many channels a link with automatic capacity lights and darkens at a review.
//
//   need      bits per second that its busier direction carried
//   capacity  bits per second of the channels that carry
//
//   need <= above capacity                  enough is lit
//   need >  above capacity                  lights up to capacity >= need / above
//   need >= full capacity                   lights up to twice the capacity at least
//   need <  below capacity, and
//   need <  above (capacity - channel)      darkens one channel
//
// A full link hides what it would carry, so it doubles: demand that is n times the capacity is met
// after log2 n reviews. Channels go dark one a review, since one too few costs more than one too
// many, and only where what is left stays under the upper threshold: no step undoes the one before.

extension AutomaticRule {
  /// The part of its capacity from which on a link counts as full.
  ///
  /// Below one: flows come and go, so that the mean over a review never is quite the capacity.
  package static let full = 0.99

  /// The capacity that a link is to grow to; nil where it has enough.
  package func growth(need: Double, capacity: Double) -> Double? {
    guard capacity > 0, need > above * capacity else { return nil }
    let enough = need / above
    return need < AutomaticRule.full * capacity ? enough : max(enough, 2 * capacity)
  }

  /// Whether a link has a channel too many.
  package func canLose(_ channel: Double, need: Double, capacity: Double) -> Bool {
    need < below * capacity && need < above * (capacity - channel)
  }
}
