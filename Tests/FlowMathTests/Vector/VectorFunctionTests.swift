// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing

@testable import FlowMath

/// The vector functions against the scalar ones of the C library, in units of the last place.
@Suite struct VectorFunctionTests {
  /// Arguments that are special somewhere: each function has to say the same as the scalar one.
  static let extremes: [Double] = [
    0, -0.0, 1, -1, 0.5, -0.5, 2, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, .leastNormalMagnitude, Double.leastNormalMagnitude.nextDown,
    .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 708, -708, 709, -709, 709.78, 709.79,
    -745.1, -745.2, -744, 1e-300, -1e-300, 1e300, 1e-16, -1e-16, 1.0.nextUp, 1.0.nextDown, 3, -3,
    0.5.squareRoot(), 2.squareRoot(), 1023, 1024, -1022, -1074, 1e-5, -1e-5, 0.346_573_59, 1e5,
  ]

  /// How far apart two results are; no number is next to no number only.
  private func distance(_ first: Double, _ second: Double) -> Int64 {
    if first.isNaN || second.isNaN { return first.isNaN && second.isNaN ? 0 : .max }
    func order(_ value: Double) -> Int64 {
      let word = Int64(bitPattern: value.bitPattern)
      return word < 0 ? .min &- word : word
    }
    let (difference, overflows) = order(first).subtractingReportingOverflow(order(second))
    return overflows ? .max : abs(difference)
  }

  /// The greatest distance over many octets of arguments, and where it is.
  private func worst(
    octets: Int, seed: UInt64, _ draw: (inout TestRandom) -> Double,
    vector: (Octet) -> Octet, scalar: (Double) -> Double
  ) -> (ulps: Int64, at: Double) {
    var random = TestRandom(state: seed)
    var worst: (ulps: Int64, at: Double) = (0, 0)
    for _ in 0..<octets {
      var x = Octet(0)
      for lane in 0..<8 { x[lane] = draw(&random) }
      let result = vector(x)
      for lane in 0..<8 {
        let ulps = distance(result[lane], scalar(x[lane]))
        if ulps > worst.ulps { worst = (ulps, x[lane]) }
      }
    }
    return worst
  }

  private func drawWord(_ random: inout TestRandom) -> Double { Double(bitPattern: random.next()) }

  @Test(arguments: [-760.0...720, -1...1, -1e-8...1e-8], 0..<2 as Range<UInt64>)
  func exponentialsAreThoseOfTheLibrary(range: ClosedRange<Double>, seed: UInt64) {
    let exponential = worst(
      octets: 20_000, seed: seed, { .random(in: range, using: &$0) }, vector: vectorExp,
      scalar: exp)
    #expect(exponential.ulps <= 2, "\(exponential)")
    let lessOne = worst(
      octets: 20_000, seed: seed, { .random(in: range, using: &$0) }, vector: vectorExpm1,
      scalar: expm1)
    #expect(lessOne.ulps <= 3, "\(lessOne)")
  }

  @Test(arguments: [0.5...2, 0.99...1.01, 1e-6...1e6], 0..<2 as Range<UInt64>)
  func logarithmsAreThoseOfTheLibrary(range: ClosedRange<Double>, seed: UInt64) {
    let found = worst(
      octets: 20_000, seed: seed, { .random(in: range, using: &$0) }, vector: vectorLog,
      scalar: log)
    #expect(found.ulps <= 3, "\(found)")
    // ln(1 + x) for x on both sides of 0.
    let ofOneMore = worst(
      octets: 20_000, seed: seed, { .random(in: range, using: &$0) * 1e-3 - 4e-4 },
      vector: vectorLog1p, scalar: log1p)
    #expect(ofOneMore.ulps <= 4, "\(ofOneMore)")
  }

  /// Any pattern of bits is an argument: subnormal numbers, infinities, and what is no number.
  @Test(arguments: 0..<2 as Range<UInt64>)
  func anyWordIsAnArgument(seed: UInt64) {
    let draw = drawWord
    for (vector, scalar) in [(vectorExp, exp), (vectorExpm1, expm1), (vectorLog, log)]
      as [((Octet) -> Octet, (Double) -> Double)]
    {
      let found = worst(octets: 20_000, seed: seed, draw, vector: vector, scalar: scalar)
      #expect(found.ulps <= 3, "\(found)")
    }
  }

  @Test func extremesAreThoseOfTheLibrary() {
    for x in Self.extremes {
      #expect(distance(vectorExp(Octet(x))[3], exp(x)) <= 2, "exp \(x)")
      #expect(distance(vectorExpm1(Octet(x))[3], expm1(x)) <= 3, "expm1 \(x)")
      #expect(distance(vectorLog(Octet(x))[3], log(x)) <= 3, "log \(x)")
    }
  }

  /// What stands in the other lanes must not show: results would hang on the order of links.
  @Test func aLaneDoesNotHangOnItsNeighbours() {
    var random = TestRandom(state: 1)
    for _ in 0..<2_000 {
      let x = Double.random(in: 0.01...20, using: &random)
      for neighbour in [Double.nan, -1, 0, .infinity, .leastNonzeroMagnitude, 3] {
        var mixed = Octet(neighbour)
        mixed[5] = x
        #expect(vectorExp(mixed)[5] == vectorExp(Octet(x))[0])
        #expect(vectorExpm1(mixed)[5] == vectorExpm1(Octet(x))[0])
        #expect(vectorLog(mixed)[5] == vectorLog(Octet(x))[0])
      }
    }
  }

  @Test(arguments: [0, 1, 7, 8, 9, 16, 61])
  func columnsOfAnyLengthAreFilled(count: Int) {
    var random = TestRandom(state: UInt64(count))
    let x = (0..<count).map { _ in Double.random(in: 0.1...30, using: &random) }
    var results = [Double](repeating: -1, count: count)
    func filled(_ fill: (Span<Double>, inout MutableSpan<Double>) -> Void) -> [Double] {
      var span = results.mutableSpan
      fill(x.span, &span)
      return results
    }
    #expect(filled { exponentials(of: $0, into: &$1) } == x.map { vectorExp(Octet($0))[0] })
    #expect(filled { logarithms(of: $0, into: &$1) } == x.map { vectorLog(Octet($0))[0] })
  }
}
