// SPDX-License-Identifier: GPL-3.0-or-later

/// How a network does in each hour with something out of order, or nothing.
package struct ScreenedState: Sendable {
  /// What is not carried in an hour, by class, in bits a second.
  package struct Shortfall: Equatable, Sendable {
    /// Demands that are lost on full links.
    package var lost: [Double]
    /// Flows that full links hold back.
    package var held: [Double]
    /// What has no way that is left.
    package var stranded: [Double]

    package var total: Double { (lost + held + stranded).reduce(0, +) }
  }

  package let hours: ScreenedHours
  /// What links are asked for and what they carry, in bits a second; hours of a link together.
  package let loads: [Double]
  package let capacities: [Double]
  /// The channels of each lit link; hours of a link together.
  package let channels: [Int]
  /// By hour, once links with automatic capacity have answered.
  package let shortfalls: [Shortfall]
  /// By hour, with the channels that were lit before: the first minutes of a failure.
  package let firstShortfalls: [Shortfall]
  /// Tokens a second that are asked for and that no site has room for.
  package let tokensAsked: [Double]
  package let tokensRefused: [Double]
  /// By traffic, hour and site.
  package let tokenUses: [[[Double]]]
  package let isDown: [Bool]
  /// The ends of traffic that has no way left, each pair once, by name.
  package let cutPairs: [Pair]
  package let lightpathsLost: Int
  package let lightpathsSwitched: Int

  /// Two places, in the order of the traffic between them.
  package struct Pair: Hashable, Sendable {
    package var source: String
    package var target: String

    package init(source: String, target: String) {
      self.source = source
      self.target = target
    }
  }

  /// A link at an hour.
  package struct Use: Equatable, Sendable {
    package var link: Int
    package var hour: Int
    /// What it is asked for over what it carries.
    package var use: Double
  }

  package func use(of link: Int, hour: Int) -> Double {
    let capacity = capacities[link * hours.count + hour]
    let load = loads[link * hours.count + hour]
    return load == 0 ? 0 : load / capacity
  }

  /// The link and hour with the highest use, the first of equal ones; nil where nothing is used.
  package var worstUse: Use? {
    var worst: Use?
    for link in isDown.indices where !isDown[link] {
      for hour in 0..<hours.count {
        let use = use(of: link, hour: hour)
        if use > worst?.use ?? 0 { worst = Use(link: link, hour: hour, use: use) }
      }
    }
    return worst
  }

  /// The position of the hour in which least is carried; the first of equal ones.
  package var worstHour: Int {
    let key = shortfalls.indices.map {
      (shortfalls[$0].total, firstShortfalls[$0].total, tokensRefused[$0])
    }
    return shortfalls.indices.reduce(0) { key[$1] > key[$0] ? $1 : $0 }
  }
}
