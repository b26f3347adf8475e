// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

// SPDX-License-Identifier: GPL-3.0-or-later
@testable import CommandLine

@Suite struct ProgressBarTests {
  private func line(_ fraction: Double, _ elapsed_s: Double, _ width: Int) -> String {
    ProgressBar.line(fraction: fraction, text: "6 h of 24 h", elapsed_s: elapsed_s, width: width)
  }

  @Test func lineShowsBarPercentTextAndTimeLeft() {
    // A quarter took 20 s, so three quarters take 60 s; the words take 28 columns, which leave
    // 59 - 28 - 3 = 28 for the bar, of which a quarter is 7.
    #expect(
      line(0.25, 20, 60) == "[#######---------------------]  25%  6 h of 24 h, 1:00 left")
  }

  @Test func barIsNoLongerThanThirty() {
    #expect(line(1, 20, 200) == "[" + String(repeating: "#", count: 30) + "] 100%  6 h of 24 h")
  }

  @Test func narrowTerminalLosesTheBarFirst() {
    #expect(line(0.25, 20, 34) == " 25%  6 h of 24 h, 1:00 left")
    #expect(line(0.25, 20, 12) == " 25%  6 h …")
  }

  @Test func timeLeftNeedsAPace() {
    #expect(!line(0, 20, 80).contains("left"))
    #expect(!line(0.5, 0.5, 80).contains("left"))
    #expect(line(0.001, 7.207207, 80).contains("2:00:00 left"))
  }

  @Test func nonsenseIsClamped() {
    #expect(line(.nan, 2, 20).hasPrefix("  0%"))
    #expect(line(7, 2, 20).hasPrefix("100%"))
    #expect(line(-1, 2, 20).hasPrefix("  0%"))
  }

  @Test func barIsRedrawnTenTimesASecondAtMostAndClears() {
    var written: [String] = []
    var now = 0.0
    var bar = ProgressBar(
      terminalWidth: { 12 }, write: { written.append($0) }, clock: { now })
    for step in 0..<8 {
      // 0, 1/16, ... 7/16 of a second: 2/16 is the first that is 0.1 s after the last drawn.
      now = Double(step) / 16
      bar.update(fraction: Double(step) / 10, "")
    }
    bar.clear()
    bar.clear()
    let start = "\r\u{1B}[K"
    #expect(written == [0, 20, 40, 60].map { "\(start)\($0 < 10 ? "  " : " ")\($0)%" } + [start])
  }

  @Test func withoutATerminalNothingIsWrittenOrMade() {
    var calls = 0
    var bar = ProgressBar(
      terminalWidth: nil, write: { _ in calls += 1 }, clock: { 0 })
    bar.update(
      fraction: 0.5,
      {
        calls += 1; return ""
      }())
    bar.clear()
    #expect(calls == 0)
  }
}
