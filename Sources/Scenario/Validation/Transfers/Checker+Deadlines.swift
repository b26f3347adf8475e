// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

extension Checker {
  /// The instant of a deadline; one that is not behind the start is reported.
  mutating func deadline(
    _ written: Written<SimDuration>?, behind start: SimDuration
  ) -> SimTime? {
    guard let written else { return nil }
    if written.value <= start {
      report("found a deadline that is not after start, expected a later one", at: written)
    }
    return .zero + written.value
  }

  /// How the deadlines of a generator follow; a slack below 1 is reported.
  mutating func rule(_ section: DeadlineSection) -> DeadlineRule? {
    if let after = section.after { return .after(after.value) }
    return section.slack.map { slack in
      if !(1...1e6).contains(slack.value) {
        report("found \(slack.value), expected a slack from 1 to 1e6", at: slack)
      }
      return .slack(slack.value)
    }
  }
}
