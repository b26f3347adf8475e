// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import NetworkModel
internal import Statistics

/// The ends of random flows by their weights, without a list of their pairs.
///
/// Each pair of a source and a target has a share of the flows that is the product of their
/// weights; there are none between two ends of one place. Five thousand places have 25 million
/// such pairs, and ten thousand ends.
public struct DrawnEnds: Equatable, Sendable {
  public struct End: Equatable, Sendable {
    public var node: NodeID
    /// What it is part of, such as the cluster of a data centre; itself where it is of nothing.
    public var place: NodeID
    public var weight: Double

    public init(node: NodeID, place: NodeID, weight: Double) {
      self.node = node
      self.place = place
      self.weight = weight
    }
  }

  public let sources: [End]
  /// In the order of their places.
  public let targets: [End]
  /// The weight of all targets before each, and of each and all behind it: both are added up, since
  /// what a heavy one leaves of the whole would be lost in a difference.
  fileprivate let before: [Double]
  fileprivate let behind: [Double]
  /// The targets of each place.
  fileprivate let ofPlace: [NodeID: Range<Int>]

  public init(sources: [End], targets: [End]) {
    self.sources = sources
    let targets = targets.enumerated()
      .sorted { ($0.element.place.index, $0.offset) < ($1.element.place.index, $1.offset) }
      .map(\.element)
    self.targets = targets
    var before = [0.0]
    for target in targets { before.append(before[before.count - 1] + target.weight) }
    var behind = [0.0]
    for target in targets.reversed() { behind.append(behind[behind.count - 1] + target.weight) }
    (self.before, self.behind) = (before, behind.reversed())
    var ofPlace: [NodeID: Range<Int>] = [:]
    for (index, target) in targets.enumerated() {
      ofPlace[target.place] = (ofPlace[target.place]?.lowerBound ?? index)..<index + 1
    }
    self.ofPlace = ofPlace
  }

  /// The sum of the products of all pairs.
  public var totalWeight: Double {
    sources.reduce(0) { $0 + $1.weight * weight(without: alike($1)) }
  }

  /// Calls for each pair, source by source, with the product of its weights.
  public func forEachPair(_ body: (_ source: NodeID, _ target: NodeID, _ weight: Double) -> Void) {
    for source in sources {
      for target in targets where target.place != source.place {
        body(source.node, target.node, source.weight * target.weight)
      }
    }
  }

  /// The targets of the place of a source, to which it sends nothing.
  fileprivate func alike(_ source: End) -> Range<Int> { ofPlace[source.place] ?? 0..<0 }

  /// The weight of all targets but some.
  fileprivate func weight(without left: Range<Int>) -> Double {
    before[left.lowerBound] + behind[left.upperBound]
  }
}

/// Draws one pair of ends after another, each with its share.
///
/// The source is drawn by what all of its pairs have, then the target among those elsewhere. No
/// draw is ever thrown away, which would take for ever where nearly all weight is in one place.
struct EndChoice: Sendable {
  private let ends: DrawnEnds
  private let choice: WeightedChoice

  /// - Precondition: The total weight is finite and above 0.
  init(_ ends: DrawnEnds) {
    self.ends = ends
    choice = WeightedChoice(
      weights: ends.sources.map { $0.weight * ends.weight(without: ends.alike($0)) })
  }

  /// Draws a pair; each draw takes two numbers from the stream.
  func next(using stream: inout RandomStream) -> (source: NodeID, target: NodeID) {
    let source = ends.sources[choice.next(using: &stream)]
    let left = ends.alike(source)
    let share = stream.nextUniform() * ends.weight(without: left)
    return (source.node, ends.targets[target(at: share, without: left)].node)
  }

  /// The target that a part of the weight of all but some falls on.
  private func target(at share: Double, without left: Range<Int>) -> Int {
    let first = ends.before[left.lowerBound]
    if share < first || left.upperBound == ends.targets.count {
      return leastIndex(in: 0..<left.lowerBound) { ends.before[$0 + 1] > share }
    }
    let rest = ends.behind[left.upperBound] - (share - first)
    return leastIndex(in: left.upperBound..<ends.targets.count) { ends.behind[$0 + 1] < rest }
  }

  /// The first index of a range from which on something holds; the last where it never does.
  private func leastIndex(in range: Range<Int>, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
