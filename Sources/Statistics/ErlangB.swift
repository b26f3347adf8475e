// SPDX-License-Identifier: GPL-3.0-or-later

/// The blocking of a group of channels that Poisson arrivals take alone, each for a time at random.
///
/// No run asks for it: it is what tests compare the blocking of runs with.
public enum ErlangB {
  /// The share of arrivals that find all channels taken; it depends on the mean holding time alone.
  ///
  /// The recurrence B(n) = A B(n-1) / (n + A B(n-1)) with B(0) = 1 adds and multiplies positive
  /// numbers only, and an error of B(n-1) shrinks on its way to B(n); the factorials of the closed
  /// form would overflow from 171 channels on. A. K. Erlang, 1917; L. Kleinrock, *Queueing
  /// Systems* I (1975), 3.6.
  ///
  /// The load is the rate of arrivals times the mean holding time, in erlang, and need not be whole.
  ///
  /// - Precondition: Neither is negative and the load is finite.
  public static func blocking(load: Double, channels: Int) -> Double {
    precondition(load >= 0 && load.isFinite && channels >= 0, "a load is negative or infinite")
    var blocking = 1.0
    var channel = 0.0
    for _ in 0..<channels {
      channel += 1
      blocking = load * blocking / (channel + load * blocking)
    }
    return blocking
  }
}
