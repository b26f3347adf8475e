// SPDX-License-Identifier: GPL-3.0-or-later

// The vector functions over whole columns, eight elements at a time. What is left at the end is
// computed in lanes of its own, so that an element's result does not hang on its neighbours.

/// e^x for each element.
///
/// - Precondition: the spans are equally long.
public func exponentials(of x: Span<Double>, into results: inout MutableSpan<Double>) {
  precondition(x.count == results.count, "an exponential needs a place for each argument")
  for start in stride(from: 0, to: x.count & ~7, by: 8) {
    store(vectorExp(octet(of: x, at: start)), in: &results, at: start)
  }
  let start = x.count & ~7
  storeRest(vectorExp(octetOfRest(of: x, from: start)), in: &results, from: start)
}

/// ln x for each element.
///
/// - Precondition: the spans are equally long.
public func logarithms(of x: Span<Double>, into results: inout MutableSpan<Double>) {
  precondition(x.count == results.count, "a logarithm needs a place for each argument")
  for start in stride(from: 0, to: x.count & ~7, by: 8) {
    store(vectorLog(octet(of: x, at: start)), in: &results, at: start)
  }
  let start = x.count & ~7
  storeRest(vectorLog(octetOfRest(of: x, from: start)), in: &results, from: start)
}

/// x^y for each pair of elements.
///
/// - Precondition: the spans are equally long.
public func powers(
  of x: Span<Double>, to y: Span<Double>, into results: inout MutableSpan<Double>
) {
  precondition(x.count == y.count, "a power needs an exponent for each base")
  precondition(x.count == results.count, "a power needs a place for each base")
  for start in stride(from: 0, to: x.count & ~7, by: 8) {
    store(vectorPow(octet(of: x, at: start), octet(of: y, at: start)), in: &results, at: start)
  }
  let start = x.count & ~7
  let rest = vectorPow(octetOfRest(of: x, from: start), octetOfRest(of: y, from: start))
  storeRest(rest, in: &results, from: start)
}

@inline(__always)
private func octet(of span: Span<Double>, at index: Int) -> Octet {
  span.bytes.unsafeLoadUnaligned(
    fromUncheckedByteOffset: index * MemoryLayout<Double>.stride, as: Octet.self)
}

@inline(__always)
private func store(_ octet: Octet, in span: inout MutableSpan<Double>, at index: Int) {
  var bytes = span.mutableBytes
  bytes.storeBytes(of: octet, toByteOffset: index * MemoryLayout<Double>.stride, as: Octet.self)
}

/// The last elements, filled up with ones.
private func octetOfRest(of span: Span<Double>, from start: Int) -> Octet {
  var octet = Octet(1)
  for index in start..<span.count { octet[index - start] = span[index] }
  return octet
}

private func storeRest(_ octet: Octet, in span: inout MutableSpan<Double>, from start: Int) {
  for index in start..<span.count { span[index] = octet[index - start] }
}
