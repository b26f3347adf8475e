// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// The floors that are promised on each link, in bit/s.
struct FloorBooks {
  private(set) var booked: [Double]
  private var entries: [Int32]

  init(links: Int) {
    booked = Array(repeating: 0, count: links)
    entries = Array(repeating: 0, count: links)
  }

  /// What is promised on a link; none where nobody promises anything.
  func promised(on link: LinkID) -> Double { booked.isEmpty ? 0 : booked[Int(link.index)] }

  /// Whether a floor fits beside those that are booked.
  func fits(_ floor: Double, on link: LinkID, room: Double) -> Bool {
    let all = booked[Int(link.index)] + floor
    // Sums of floors that are no whole numbers may differ in their last digits.
    return floor == 0 || all <= room + 1e-12 * all
  }

  mutating func book(_ floor: Double, on links: [LinkID]) {
    for link in links {
      booked[Int(link.index)] += floor
      entries[Int(link.index)] += 1
    }
  }

  mutating func release(_ floor: Double, on links: [LinkID]) {
    for link in links {
      let place = Int(link.index)
      entries[place] -= 1
      // What rounding left over goes with the last entry.
      booked[place] = entries[place] == 0 ? 0 : max(0, booked[place] - floor)
    }
  }
}
