// SPDX-License-Identifier: GPL-3.0-or-later

/// The count, sum, moments, quantiles and fitted distributions of any number of values.
///
/// Its memory is bounded: quantiles beyond 65,536 values are within 0.1 %, and the distances of the
/// fits are measured over a random sample of at most 10,000 values.
public struct SampleSummary: Sendable {
  public static let sampleSize = 10_000

  private var sketch = QuantileSketch()
  private var moments = RunningMoments()
  private var total = CompensatedSum()
  private var positive = PositiveMoments()
  private var sample: Reservoir

  /// - Parameter name: Names the stream that the sample is drawn with.
  public init(name: String) {
    sample = Reservoir(size: Self.sampleSize, name: "fit/" + name)
  }

  /// Takes in a value.
  ///
  /// - Precondition: It is finite and not negative.
  public mutating func add(_ value: Double) {
    sketch.add(value)
    moments.add(value)
    total.add(value)
    guard value > 0 else { return }
    positive.add(value)
    sample.add(value)
  }

  public var count: Int { sketch.count }
  public var sum: Double { total.value }
  public var mean: Double { sketch.mean }
  /// How many values are 0, which no fit takes in.
  public var zeros: Int { sketch.count - positive.count }

  /// The variance over the square of the mean, 1 where values are exponential; nil without values.
  public var squaredVariation: Double? {
    count > 1 && mean > 0 ? moments.variance / (mean * mean) : nil
  }

  public func quantiles(_ fractions: [Double]) -> [Double] { sketch.quantiles(fractions) }

  /// The families fitted to the values above 0, the nearest first.
  public var fits: [Fit] { Fit.all(of: positive, sample: sample.values) }
}
