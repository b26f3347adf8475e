// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Scenario
internal import Session
internal import Simulator
internal import Studies

/// The first event that this program and an older one do not have alike.
struct FirstEvents {
  private let suiteCase: SuiteCase
  private let difference: FirstDifference
  private let older: String

  init(_ suiteCase: SuiteCase, _ difference: FirstDifference, older: String) {
    self.suiteCase = suiteCase
    self.difference = difference
    self.older = older
  }

  /// Makes sure that a program is a `cpnsim`, before all is run.
  static func checkProgram(_ path: String) throws {
    let said = try ChildProgram(path: path, arguments: ["--version"]).output()
    guard said.hasPrefix("cpnsim ") else {
      throw ChildFailure(
        path: path,
        reason: "found a program whose --version says no cpnsim, expected an older cpnsim")
    }
  }

  /// Lines for people, of what both have last and what each has then.
  func text() throws -> String {
    let after = max(0, (difference.agreed?.events ?? 0) - 1)
    let count = difference.differs.events - after + 1
    let ours = try events(after: after, count: count)
    let theirs = try lines(after: after, count: count)
    for index in 0..<max(ours.count, theirs.count) {
      let our = index < ours.count ? ours[index] : nil
      let their = index < theirs.count ? theirs[index] : nil
      guard our?.digest != their?.digest else { continue }
      let both = index > 0 ? "  both:  \(ours[index - 1].text)\n" : ""
      return "the first event that differs is number \(after + index + 1)\n" + both
        + "  now:   \(our?.text ?? "the run has ended")\n"
        + "  older: \(their?.text ?? "the run has ended")\n"
    }
    return "\(older) has the same events up to number \(after + count): the scenario is another "
      + "than the baseline's, or the baseline is of a third program\n"
  }

  /// An event as both can tell it.
  private struct Line {
    var text: String
    var digest: Substring
  }

  private func events(after: Int, count: Int) throws -> [Line] {
    let loaded = try suiteCase.load()
    let events = try Interrupt.heeding {
      try EventWindow(after: after, count: count).events(of: loaded) { !Interrupt.isRequested }
    }
    return events.map { event in
      let time = "\(event.time.seconds)"
      return Line(
        text: "event \(event.number) at \(time) s: \(event.what)",
        digest: event.digest.description[...])
    }
  }

  private func lines(after: Int, count: Int) throws -> [Line] {
    let words =
      ["show", "events", suiteCase.scenarioPath] + suiteCase.arguments
      + ["--after", "\(after)", "--count", "\(count)", "--format", "csv"]
    let text = try ChildProgram(path: older, arguments: words).output()
    return text.split(separator: "\n").dropFirst().map { row in
      // What happens may have commas in it, and stands in quotes then.
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      let what = fields.dropFirst(2).dropLast().joined(separator: ",").filter { $0 != "\"" }
      let head = fields.prefix(2).joined(separator: " at ")
      return Line(text: "event \(head) s: \(what)", digest: fields.last ?? "")
    }
  }
}
