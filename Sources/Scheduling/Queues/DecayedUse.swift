// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// Accelerator-seconds that a tenant has used, of which half is forgotten after each half-life.
///
/// Between two changes of what is held, a, after a time x, with h the half-life:
///
///     use = use 2^(-x / h) + a (h / ln 2) (1 - 2^(-x / h))
struct DecayedUse: BitwiseCopyable, Sendable {
  private var use = 0.0
  private var held: Int64 = 0
  private var changedAt: Int64 = 0

  /// Times in nanoseconds.
  func value(at now: Int64, halfLife: Double) -> Double {
    let decay = Double(now - changedAt) / halfLife * 0.693_147_180_559_945_3
    let gained = halfLife * 1e-9 / 0.693_147_180_559_945_3 * -expm1(-decay)
    return use * exp(-decay) + Double(held) * gained
  }

  /// From now on so many accelerators more are held, or fewer.
  mutating func hold(_ accelerators: Int32, from now: Int64, halfLife: Double) {
    use = value(at: now, halfLife: halfLife)
    changedAt = now
    held += Int64(accelerators)
  }
}
