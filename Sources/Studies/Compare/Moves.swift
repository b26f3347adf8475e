// SPDX-License-Identifier: GPL-3.0-or-later

/// Which things of a kind moved most from one side to another: flows, jobs or links, by name.
public struct Moves: Sendable {
  /// One of them.
  public struct Row: Equatable, Sendable {
    public var name: String
    public var baseline: Double
    public var candidate: Double
    public var difference: Double { candidate - baseline }

    public init(name: String, baseline: Double, candidate: Double) {
      self.name = name
      self.baseline = baseline
      self.candidate = candidate
    }
  }

  /// Those that moved farthest, at most so many.
  public static let most = 5

  /// What they are, in the singular: `flow`.
  public let kind: String
  /// What is looked at of them: `completion time`.
  public let measure: String
  /// Empty for a ratio.
  public let unit: String
  /// The farthest first.
  public private(set) var rows: [Row] = []
  /// How many have a value on both sides, on the first alone, and on the second alone.
  public internal(set) var both = 0
  public internal(set) var onlyBaseline = 0
  public internal(set) var onlyCandidate = 0
  /// Which runs were looked at, where these are not all; empty else.
  public internal(set) var of = ""

  init(of kind: String, measure: String, unit: String) {
    self.kind = kind
    self.measure = measure
    self.unit = unit
  }

  /// Whether there was anything to match.
  public var isEmpty: Bool { both == 0 && onlyBaseline == 0 && onlyCandidate == 0 }

  /// Takes in one that has a value on both sides; the name is made where it is needed alone.
  mutating func add(_ name: @autoclosure () -> String, _ baseline: Double, _ candidate: Double) {
    both += 1
    let distance = abs(candidate - baseline)
    guard distance > 0 else { return }
    if rows.count == Self.most, let last = rows.last, distance <= abs(last.difference) { return }
    let place = rows.firstIndex { abs($0.difference) < distance } ?? rows.count
    rows.insert(Row(name: name(), baseline: baseline, candidate: candidate), at: place)
    if rows.count > Self.most { rows.removeLast() }
  }

  /// Those of two tables, each under its name, in the order of the first.
  init(
    of kind: String, measure: String, unit: String, _ baseline: [(name: String, value: Double)],
    _ candidate: [(name: String, value: Double)]
  ) {
    self.init(of: kind, measure: measure, unit: unit)
    var left = Dictionary(
      candidate.filter { $0.value.isFinite }.map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first })
    for (name, value) in baseline where value.isFinite {
      if let other = left.removeValue(forKey: name) {
        add(name, value, other)
      } else {
        onlyBaseline += 1
      }
    }
    onlyCandidate = left.count
  }
}
