// SPDX-License-Identifier: GPL-3.0-or-later
private import CGSL
internal import EventKernel

/// How GSL's samplers draw from a stream of ours: a generator of theirs that calls ours.
///
/// The generator lives on the stack of the draw, so nothing is allocated, and GSL's own
/// generators, which are globals, are never used.
enum GSLStream {
  /// The table of functions by which GSL calls a `RandomStream` that its state points to.
  nonisolated(unsafe) private static let type: UnsafePointer<gsl_rng_type> = {
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    type.initialize(to: gsl_rng_type())
    type.pointee.max = .max
    type.pointee.size = MemoryLayout<RandomStream>.size
    type.pointee.get = { UInt($0.stream.pointee.next()) }
    type.pointee.get_double = { $0.stream.pointee.nextUniform() }
    return UnsafePointer(type)
  }()

  static func exponential(_ stream: inout RandomStream, mean: Double) -> Double {
    withGenerator(&stream) { gsl_ran_exponential($0, mean) }
  }

  static func lognormal(_ stream: inout RandomStream, zeta: Double, sigma: Double) -> Double {
    withGenerator(&stream) { gsl_ran_lognormal($0, zeta, sigma) }
  }

  static func gamma(_ stream: inout RandomStream, shape: Double, scale: Double) -> Double {
    withGenerator(&stream) { gsl_ran_gamma($0, shape, scale) }
  }

  private static func withGenerator(
    _ stream: inout RandomStream, _ body: (UnsafePointer<gsl_rng>) -> Double
  ) -> Double {
    withUnsafeMutablePointer(to: &stream) { state in
      var generator = gsl_rng(type: type, state: state)
      return withUnsafePointer(to: &generator, body)
    }
  }
}

extension UnsafeMutableRawPointer? {
  /// The stream that a generator's state is.
  fileprivate var stream: UnsafeMutablePointer<RandomStream> {
    guard let self else { preconditionFailure("GSL lost the state of its generator") }
    return self.assumingMemoryBound(to: RandomStream.self)
  }
}
