// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scenario
internal import Statistics

/// Points in the unit cube for the axes whose values are drawn.
enum SamplePoints {
  static let most = 500_000

  static func points(_ sample: SampleSection, dimensions: Int) -> [[Double]] {
    switch sample.method {
    case .sobol:
      return SobolSequence(dimensions: dimensions).points(sample.count.value)
    case .latinHypercube:
      var stream = RandomStream(seed: UInt64(max(0, sample.seed.value)), name: "study/sample")
      return LatinHypercube.points(
        sample.count.value, dimensions: dimensions, using: &stream)
    }
  }
}
