// SPDX-License-Identifier: GPL-3.0-or-later

/// Sobol's points in the unit cube, which fill it more evenly than chance.
///
/// Point i is the exclusive or of the direction numbers of the bits of i's Gray code, as a binary
/// fraction: I. M. Sobol', USSR Comput. Math. Math. Phys. 7 (1967); order of I. A. Antonov and
/// V. M. Saleev (1979); directions of Joe and Kuo. Unscrambled, from the origin on. The first 2^k
/// points have each multiple of 2^-k once in every coordinate, so that counts of powers of two are
/// best.
public struct SobolSequence: Sendable {
  /// The most coordinates that a point can have.
  public static let mostDimensions = JoeKuoDirections.dimensions
  /// How many points there are.
  public static let mostPoints = 1 << bits

  private static let bits = 32
  private let directions: [[UInt64]]

  /// - Precondition: There are from 1 to 128 dimensions.
  public init(dimensions: Int) {
    precondition(
      1 <= dimensions && dimensions <= Self.mostDimensions, "there are no directions for these")
    directions = (0..<dimensions).map(Self.directions)
  }

  /// The point of this number; any can be had without those before it.
  ///
  /// - Precondition: The index is from 0 to 2^32 - 1.
  public func point(at index: Int) -> [Double] {
    precondition(0 <= index && index < Self.mostPoints, "the sequence has no such point")
    let gray = index ^ index >> 1
    return directions.map { numbers in
      var value: UInt64 = 0
      var rest = gray
      while rest != 0 {
        value ^= numbers[rest.trailingZeroBitCount]
        rest &= rest - 1
      }
      return Double(value) * 0x1p-32
    }
  }

  public func points(_ count: Int) -> [[Double]] { (0..<count).map(point) }

  /// The direction numbers of a dimension, each a binary fraction of 32 bits.
  private static func directions(_ dimension: Int) -> [UInt64] {
    guard dimension > 0 else { return (1...bits).map { 1 << UInt64(bits - $0) } }
    let row = JoeKuoDirections.rows[dimension - 1]
    let degree = Int(row[0])
    var numbers = (0..<degree).map { row[2 + $0] << UInt64(bits - 1 - $0) }
    for bit in degree..<bits {
      let oldest = numbers[bit - degree]
      var number = oldest ^ oldest >> UInt64(degree)
      for inner in 1..<max(degree, 1) where row[1] >> UInt64(degree - 1 - inner) & 1 == 1 {
        number ^= numbers[bit - inner]
      }
      numbers.append(number)
    }
    return numbers
  }
}
