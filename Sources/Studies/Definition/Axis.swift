// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// What a study varies: a column of its tables.
public struct Axis: Sendable {
  public let name: String
  public internal(set) var levels: [Level]

  /// One value of an axis.
  public struct Level: Sendable {
    /// What tables call it.
    public let label: String
    /// What is set in a scenario.
    let settings: [Setting]
    /// Nil for what is no number.
    let measure: Measure?

    init(_ label: String, settings: [Setting]) {
      self.label = label
      self.settings = settings
      measure = Measure(label)
    }
  }
}

/// Axes whose levels go together; each level of one dimension is combined with each of the others.
struct Dimension: Sendable {
  /// The positions of its axes.
  var axes: [Int]
  var count: Int
}
