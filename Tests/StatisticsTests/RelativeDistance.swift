// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a number is from another, relative to the greater of both.
func relativeDistance(_ one: Double, _ other: Double) -> Double {
  one == other ? 0 : abs(one - other) / max(abs(one), abs(other))
}
