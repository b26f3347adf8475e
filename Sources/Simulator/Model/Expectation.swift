// SPDX-License-Identifier: GPL-3.0-or-later

/// What whoever wrote a scenario expects of a metric of its runs.
///
/// It changes nothing in a run, which is compared with it at its end.
public struct Expectation: Equatable, Sendable {
  public enum Side: String, Equatable, Sendable {
    case atMost = "at most"
    case atLeast = "at least"
  }

  public var metric: String
  public var side: Side
  public var limit: Limit

  public init(metric: String, side: Side, limit: Limit) {
    self.metric = metric
    self.side = side
    self.limit = limit
  }

  /// A number as it was written: `0.1 %`, `10 ms`, `3`.
  public struct Limit: Equatable, Sendable {
    /// In the unit that metrics have.
    public var value: Double
    /// The unit that a metric must have; nil where none was written, which fits all.
    public var unit: String?
    /// What was written behind the number.
    public var symbol: String
    /// What one of it is, in the unit that metrics have.
    public var scale: Double
    public var text: String

    public init(value: Double, unit: String?, symbol: String, scale: Double, text: String) {
      self.value = value
      self.unit = unit
      self.symbol = symbol
      self.scale = scale
      self.text = text
    }
  }
}

extension Expectation {
  /// Whether a value of the metric is as expected.
  public func holds(_ value: Double) -> Bool {
    switch side {
    case .atMost: value <= limit.value
    case .atLeast: value >= limit.value
    }
  }
}
