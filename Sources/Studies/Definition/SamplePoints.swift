// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scenario
internal import Statistics

/// Points in the unit cube for the axes whose values are drawn.
enum SamplePoints {
  static let most = 500_000

  /// How many points there are.
  static func count(_ sample: SampleSection, dimensions: Int) -> Int {
    guard sample.method == .saltelli else { return sample.count.value }
    return sample.count.value * (dimensions + 2)
  }

  static func points(_ sample: SampleSection, dimensions: Int) -> [[Double]] {
    switch sample.method {
    case .sobol:
      return SobolSequence(dimensions: dimensions).points(sample.count.value)
    case .saltelli:
      return SaltelliDesign(factors: dimensions, baseCount: sample.count.value).points
    case .latinHypercube:
      var stream = RandomStream(seed: UInt64(max(0, sample.seed.value)), name: "study/sample")
      return LatinHypercube.points(
        sample.count.value, dimensions: dimensions, using: &stream)
    }
  }
}
