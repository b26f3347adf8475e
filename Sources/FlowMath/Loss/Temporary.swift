// SPDX-License-Identifier: GPL-3.0-or-later
public func goBackNEfficiency(loss: Double, inFlight: Double) -> Double {
  (1 - loss) / (1 + (max(1, inFlight) - 1) * loss)
}
