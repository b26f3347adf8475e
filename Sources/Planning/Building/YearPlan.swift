// SPDX-License-Identifier: GPL-3.0-or-later

/// What is built in one year, and why.
package struct YearPlan: Sendable {
  package struct Item: Equatable, Sendable {
    package enum Kind: String, Sendable {
      case channels, standby, transceivers, nodes, lines, fibre, amplifiers, accelerators
      case regenerators
    }

    package var kind: Kind
    package var place: String
    package var count: Int
    package var price: Double
    package var reason: String

    package var cost: Double { Double(count) * price }
  }

  /// A level, what a sum and a run say of it, and whether it holds by both.
  package struct LevelResult: Sendable {
    package var level: BuildPlan.Level
    /// Nil where nobody can tell.
    package var screened: Double?
    package var simulated: Double?
    package var holds: Bool
  }

  /// Nil where the plan has no years.
  package var year: Int?
  /// How full links were built to be: what the plan says, or less where a run did not hold with that.
  package var fill = 1.0
  /// What was too little before anything was built, in words.
  package var exceeded: [String] = []
  /// What no build that is allowed is enough for.
  package var short: [String] = []
  /// Levels that hold with no build, and why.
  package var hopeless: [String] = []
  package var items: [Item] = []
  /// All that is built up to this year.
  package var build = Build()
  package var levels: [LevelResult] = []
  /// What the scenario with the build is on the command line.
  package var settings: [String] = []
  package var removals: [String] = []
  /// How far channels and lines are from the cheapest, where somebody was asked.
  package var bound: BuildBound?
  /// Service against money, from nothing built to all of it, and what draws that.
  package var curve: [CurvePoint] = []
  var drawing: ServiceCurve?

  package var cost: Double { items.reduce(0) { $0 + $1.cost } }

  /// A part of what is built, and what it is worth.
  package struct CurvePoint: Sendable {
    package var cost: Double
    /// The most of the traffic, and of tokens, that is not carried or served in any hour; in a build with
    /// regenerators what a run says of all of it.
    package var loss: Double?
    package var refused: Double?
    /// What is known of each level.
    package var levels: [Double?]
  }
}
