// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Points in the unit cube of which each coordinate has one in every one of n equal slices.
///
/// In each dimension the slices are shuffled and the point lies anywhere within its own. M. D.
/// McKay, R. J. Beckman and W. J. Conover, Technometrics 21 (1979).
public enum LatinHypercube {
  /// Draws the points; the same stream gives the same ones everywhere.
  ///
  /// - Precondition: There are at most 500,000 points, as the place within a slice has 32 bits.
  public static func points(
    _ count: Int, dimensions: Int, using stream: inout RandomStream
  ) -> [[Double]] {
    precondition(0 <= count && count <= 500_000 && dimensions >= 1, "too many points")
    var points = Array(repeating: Array(repeating: 0.0, count: dimensions), count: count)
    for dimension in 0..<dimensions {
      for (index, slice) in shuffled(count, &stream).enumerated() {
        // A half more than a multiple of 2^-32, so that rounding leads into no other slice.
        let place = (Double(stream.next() >> 32) + 0.5) * 0x1p-32
        points[index][dimension] = (Double(slice) + place) / Double(count)
      }
    }
    return points
  }

  /// All slices in random order, each order as likely.
  ///
  /// R. Durstenfeld, Commun. ACM 7 (1964); the library's own may change with its version.
  private static func shuffled(_ count: Int, _ stream: inout RandomStream) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      let chosen = Int(stream.next().multipliedFullWidth(by: UInt64(last + 1)).high)
      order.swapAt(last, chosen)
    }
    return order
  }
}
