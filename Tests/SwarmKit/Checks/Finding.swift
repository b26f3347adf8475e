// SPDX-License-Identifier: GPL-3.0-or-later

/// Something in the results of a run that can't be.
public struct Finding: Equatable, Sendable, CustomStringConvertible {
  /// The name of the check that found it.
  public let check: String
  public let text: String

  public var description: String { "\(check): \(text)" }
}

/// Collects what a check finds.
struct Findings {
  let check: String
  private(set) var all: [Finding] = []
  /// As many of one kind say what there is to say.
  private static let most = 5

  init(_ check: String) {
    self.check = check
  }

  mutating func add(_ text: String) {
    if all.count < Findings.most { all.append(Finding(check: check, text: text)) }
  }

  mutating func require(_ isTrue: Bool, _ text: @autoclosure () -> String) {
    if !isTrue { add(text()) }
  }

  /// Requires two numbers to be equal but for rounding.
  mutating func near(
    _ found: Double, _ expected: Double, relative: Double = 1e-9, absolute: Double = 0,
    _ text: @autoclosure () -> String
  ) {
    let allowed = max(absolute, relative * max(abs(found), abs(expected)))
    if !(abs(found - expected) <= allowed) { add("\(text()): \(found), expected \(expected)") }
  }
}

/// A property that every run has, whatever its scenario.
struct Check: Sendable {
  let name: String
  let find: @Sendable (SwarmRun, inout Findings) -> Void

  /// Everything that must hold of one run.
  static let all: [Check] =
    ranges + orders + counts + conservation + links + light + traffic + windows + tiers + tokens
    + jobs + statistics + reference + admission + turns + patience + queues + channels + requests
    + pools + poolEnergy + sharedPools + poolHours + poolLines
    + bookings + teams + jobTerms

  static func findings(in run: SwarmRun) -> [Finding] {
    all.flatMap { check in
      var findings = Findings(check.name)
      check.find(run, &findings)
      return findings.all
    }
  }
}
