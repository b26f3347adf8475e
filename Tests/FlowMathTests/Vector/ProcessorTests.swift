// SPDX-License-Identifier: GPL-3.0-or-later
import CVector
import FlowMath
import Testing

/// The variants of the vector functions for this machine's processor, and for any.
@Suite struct ProcessorTests {
  /// An odd length, so that the rest of a column is compared too.
  private static let count = 100_003

  /// Numbers with ordinary results, and any pattern of bits among them.
  private func arguments(seed: UInt64, _ range: ClosedRange<Double>) -> [Double] {
    var random = TestRandom(state: seed)
    return (0..<Self.count).map {
      $0 % 100 == 0
        ? Double(bitPattern: random.next()) : Double.random(in: range, using: &random)
    }
  }

  private func chosen(
    _ x: [Double], _ fill: (Span<Double>, inout MutableSpan<Double>) -> Void
  ) -> [UInt64] {
    var results = [Double](repeating: 0, count: x.count)
    var span = results.mutableSpan
    fill(x.span, &span)
    return results.map(\.bitPattern)
  }

  private func plain(
    _ x: [Double], _ fill: (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void
  ) -> [UInt64] {
    var results = [Double](repeating: 0, count: x.count)
    fill(x, &results, x.count)
    return results.map(\.bitPattern)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func everyProcessorGivesTheSameBits(seed: UInt64) {
    let exponents = arguments(seed: seed, -700...700)
    let bases = arguments(seed: seed + 4, 0.1...10)
    #expect(
      chosen(exponents) { exponentials(of: $0, into: &$1) } == plain(exponents, cvector_exp_plain))
    #expect(chosen(bases) { logarithms(of: $0, into: &$1) } == plain(bases, cvector_log_plain))
  }
}
