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
