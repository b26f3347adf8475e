// SPDX-License-Identifier: GPL-3.0-or-later
internal import CVector

// The vector functions over whole columns. An element's result does not depend on its neighbours,
// nor on where in the column it is: it is the same as that of eight numbers.

/// e^x for each element.
///
/// - Precondition: the spans are equally long.
public func exponentials(of x: Span<Double>, into results: inout MutableSpan<Double>) {
  precondition(x.count == results.count, "an exponential needs a place for each argument")
  results.withUnsafeMutableBufferPointer { places in
    x.withUnsafeBufferPointer { cvector_exp($0.baseAddress, places.baseAddress, $0.count) }
  }
}

/// ln x for each element.
///
/// - Precondition: the spans are equally long.
public func logarithms(of x: Span<Double>, into results: inout MutableSpan<Double>) {
  precondition(x.count == results.count, "a logarithm needs a place for each argument")
  results.withUnsafeMutableBufferPointer { places in
    x.withUnsafeBufferPointer { cvector_log($0.baseAddress, places.baseAddress, $0.count) }
  }
}

/// x^y for each pair of elements.
///
/// - Precondition: the spans are equally long.
public func powers(
  of x: Span<Double>, to y: Span<Double>, into results: inout MutableSpan<Double>
) {
  precondition(x.count == y.count, "a power needs an exponent for each base")
  precondition(x.count == results.count, "a power needs a place for each base")
  results.withUnsafeMutableBufferPointer { places in
    x.withUnsafeBufferPointer { bases in
      y.withUnsafeBufferPointer { exponents in
        cvector_pow(
          bases.baseAddress, exponents.baseAddress, places.baseAddress, bases.count)
      }
    }
  }
}
