// SPDX-License-Identifier: GPL-3.0-or-later

/// The distribution of a sum of normal numbers that has been beyond no bound at any look yet.
///
/// P. Armitage, C. K. McPherson and B. C. Rowe, "Repeated significance tests on accumulating data",
/// J. R. Stat. Soc. A 132 (1969): the density at a look is that of the one before, within its
/// bounds, folded with the normal density of what came between. It is held at the points of Gauss
/// and Legendre's rule, which integrates it to about 1e-12.
struct SurvivingWalk {
  private let sides: TestSides
  /// The least deviation of what comes between two looks, which the points must resolve.
  private let finest: Double
  private var time = 0.0
  private var points = [0.0]
  /// The density at the points times the weights of the rule; at time 0 all is at 0.
  private var masses = [1.0]

  init(times: [Double], sides: TestSides) {
    self.sides = sides
    finest = zip([0] + times, times).map { ($1 - $0).squareRoot() }.min() ?? 1
  }

  /// Goes on to a look, and gives the value that is exceeded there with this probability.
  mutating func look(at next: Double, spending: Double) -> Double {
    let step = (next - time).squareRoot()
    let critical = critical(at: next, step: step, spending: spending)
    advance(to: next, step: step, bound: min(critical, Self.reach) * next.squareRoot())
    return critical
  }

  /// How many deviations of the whole sum are looked at; 1e-33 lies beyond.
  private static let reach = 12.0

  /// The chance falls as the value grows, so that it is found by halving.
  private func critical(at next: Double, step: Double, spending: Double) -> Double {
    guard spending > 0 else { return .infinity }
    var low = sides == .one ? -Self.reach : 0
    var high = 38.0
    guard exit(bound: high * next.squareRoot(), step: step) < spending else { return .infinity }
    while high - low > 1e-14 * max(1, high) {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { break }
      if exit(bound: middle * next.squareRoot(), step: step) > spending {
        low = middle
      } else {
        high = middle
      }
    }
    return high
  }

  /// The chance of being within all bounds so far and beyond this one after the next step.
  private func exit(bound: Double, step: Double) -> Double {
    zip(points, masses).reduce(0) { sum, point in
      let above = StandardNormal.upperTail((bound - point.0) / step)
      let below = sides == .two ? StandardNormal.upperTail((bound + point.0) / step) : 0
      return sum + point.1 * (above + below)
    }
  }

  private mutating func advance(to next: Double, step: Double, bound: Double) {
    let low = sides == .two ? -bound : -Self.reach * next.squareRoot()
    let count = 40 + Int(4 * (bound - low) / finest)
    let rule = Integral.gaussLegendre(count, from: low, to: bound)
    let old = zip(points, masses)
    masses = zip(rule.points, rule.weights).map { point, weight in
      let density = old.reduce(0) {
        $0 + $1.1 * StandardNormal.density((point - $1.0) / step)
      }
      return weight * density / step
    }
    points = rule.points
    time = next
  }
}
