// SPDX-License-Identifier: GPL-3.0-or-later

/// The part of a fluid that does not fit: max(0, 1 - C/offered).
///
/// What every law here tends to in overload, whatever the variability; it is the least that can
/// be lost. Of nothing nothing is lost.
public func fluidLoss(offered_bit_s: Double, capacity_bit_s: Double) -> Double {
  offered_bit_s > capacity_bit_s ? 1 - capacity_bit_s / offered_bit_s : 0
}
