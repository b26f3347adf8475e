// SPDX-License-Identifier: GPL-3.0-or-later

extension Array {
  /// The position of the element with the least value; of equal ones the first, and 0 where none is
  /// finite.
  func positionOfLeast(_ value: (Element) -> Double) -> Int {
    var best = (position: 0, value: Double.infinity)
    for (position, element) in enumerated() {
      let value = value(element)
      if value < best.value { best = (position, value) }
    }
    return best.position
  }
}

extension Double {
  /// Whether it is less by more than what a few sums and products are rounded by, so that of two that cost
  /// the same the first one is kept.
  package func isBelow(_ other: Double) -> Bool {
    self < other && (other == .infinity || other - self > 1e-12 * other.magnitude)
  }
}
