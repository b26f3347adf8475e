// SPDX-License-Identifier: GPL-3.0-or-later
internal import CVector

// The vector functions over whole columns, for tests and benchmarks: they compare the variants for
// several processors, and those with a plain loop. An element's result is that of eight numbers.

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
