// SPDX-License-Identifier: GPL-3.0-or-later
public import Statistics

/// What comes back for each flow of a generator.
///
/// A generator with answers draws requests or jobs: when a flow has arrived, and a pause is over,
/// another goes back.
public struct Answers: Equatable, Sendable {
  public enum Sizes: Equatable, Sendable {
    /// In bytes, independent of what they answer.
    case drawn(Distribution)
    /// So many bytes for each byte of what they answer, as of jobs that have more processors.
    case inProportion(Double)
  }

  public var sizes: Sizes
  /// Seconds from the arrival of a flow to its answer; nil where it is at once.
  public var pause: Distribution?
  /// The routes back, one beside each route of the generator.
  public var routes: [Int]

  public init(sizes: Sizes, pause: Distribution? = nil, routes: [Int]) {
    self.sizes = sizes
    self.pause = pause
    self.routes = routes
  }
}
