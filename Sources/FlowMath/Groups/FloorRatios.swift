// SPDX-License-Identifier: GPL-3.0-or-later

/// How the flows of classes come forward while the level of what holds them rises and falls.
///
/// A flow of weight w and floor f has the rate  w (r k(x) + x+)  at a level x, where r = f / w, k(x) is the
/// part of floors that is kept and x+ the level where that is above 0. So classes with the same ratio r
/// and one holder stand in fixed proportion, and two integrals, of k and of x+, tell the time of all of
/// them. A class whose floor is its ceiling is held only where floors don't fit: its ratio counts as
/// infinite, and its time is that of k alone.
struct FloorRatios: ~Copyable {
  private static let most = 16

  private var ratios = AlignedColumn<Double>(repeating: 0, count: 1)
  /// Whether there are or were so many that groups would be of no use.
  private(set) var areTooMany = false
  /// The number of the ratio of each class.
  var ofClass = AlignedColumn<Int32>()

  /// How many different ones there are.
  var count: Int { ratios.count }

  @inline(__always)
  subscript(number: Int32) -> Double { ratios[number] }

  /// The number of the ratio of terms, which is kept from now on.
  mutating func number(of terms: FlowTerms) -> Int32 {
    let ratio = terms.floor == terms.ceiling ? Double.infinity : terms.floor / terms.weight
    guard terms.floor > 0 else { return 0 }
    for number in 0..<ratios.count where ratios[number] == ratio { return Int32(number) }
    guard ratios.count < FloorRatios.most else {
      areTooMany = true
      return 0
    }
    ratios.append(ratio)
    return Int32(ratios.count - 1)
  }
}
