// SPDX-License-Identifier: GPL-3.0-or-later

internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Simulator
internal import Text

/// What rules may know of a run that is over: its results, and the scenario.
struct RunFacts {
  let model: Model
  let outcome: RunOutcome
  let clock: RunClock
  private let values: [String: Double]

  init(_ model: Model, _ outcome: RunOutcome) {
    self.model = model
    self.outcome = outcome
    clock = RunClock(model.computing.calendar, upTo: outcome.end)
    values = Dictionary(
      outcome.summary.rows.map { ($0.metric, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// A number of the summary; 0 where there is none.
  subscript(metric: String) -> Double {
    let value = values[metric] ?? 0
    return value.isFinite ? value : 0
  }

  /// A number of the summary; nil where there is none.
  func known(_ metric: String) -> Double? { values[metric].flatMap { $0.isFinite ? $0 : nil } }

  var seconds: Double { outcome.end.seconds }

  func time(_ instant: SimTime) -> String { clock.text(instant) }

  func timeInChinese(_ instant: SimTime) -> String {
    let words = time(instant).split(separator: " of day ")
    return words.count == 2 ? "第 \(words[1]) 天 \(words[0])" : time(instant)
  }

  /// Spans of time: `day 2 5:00-6:00`.
  func inChinese(_ spans: String) -> String {
    spans.replacing(#/day (\d+)/#) { "第 \($0.1) 天" }
  }

  /// An instant as `--at` takes it: no clock where it is not the whole minute that a clock says, since
  /// a link is not down yet a moment before.
  func at(_ instant: SimTime) -> String {
    clock.isShort || instant.seconds >= 86_400 || instant.nanoseconds % 60_000_000_000 != 0
      ? "'\(Cell.instant(nanoseconds: instant.nanoseconds).plain) s'" : clock.text(instant)
  }

  /// A part, which is told where it is a ten-thousandth, and then not as 0.0 %.
  func share(_ part: Double) -> String {
    part > 0 && part < 0.001
      ? formatted(digits: 2, of: part * 100) + " %" : formatted(percentOf: part)
  }

  func span(_ seconds: Double) -> String { formatted(seconds: seconds) }

  /// A name as an argument for a shell.
  func quoted(_ name: String) -> String {
    let plain = name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_:./+".utf8.contains($0) || $0 >= 0x80
      }
    }
    return plain ? name : "\"\(name)\""
  }

  /// The links that are told of as those of the network.
  var networkLinks: [LinkUse] {
    let network = outcome.links.filter { $0.kind != .fabric }
    return network.isEmpty ? outcome.links : network
  }
}
