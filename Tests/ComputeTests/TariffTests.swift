// SPDX-License-Identifier: GPL-3.0-or-later
import Compute
import Testing

@Suite struct TariffTests {
  @Test(arguments: [
    ("11-13", 660, 780), ("07:30-11:30", 450, 690), ("16-24", 960, 1440), ("23-07", 1380, 420),
    ("22:45-00", 1365, 1440), ("00-24", 0, 1440), ("7-9:05", 420, 545), ("24-06", 0, 360),
  ])
  func windowsAreRead(text: String, from: Int, to: Int) throws {
    let window = try ClockWindow(text)
    #expect(window.from == from && window.to == to)
    #expect(try ClockWindow(window.description) == window)
  }

  @Test(arguments: [
    ("11", ClockWindow.Fault.notTwoTimes), ("", .notTwoTimes), ("1-2-3", .notTwoTimes),
    ("-1-3", .notTwoTimes), ("25-03", .notATime("25")), ("11-24:30", .notATime("24:30")),
    ("7:60-8", .notATime("7:60")), ("7:5-8", .notATime("7:5")), ("a-b", .notATime("a")),
    ("7- 8", .notATime(" 8")), ("+7-8", .notATime("+7")), ("7:30:00-8", .notATime("7:30:00")),
    ("8-8", .empty), ("00-00:00", nil), ("24-00", nil), ("007-8", .notATime("007")),
  ])
  func whatIsNoWindowSaysWhy(text: String, fault: ClockWindow.Fault?) {
    guard let fault else { return #expect((try? ClockWindow(text).to) == 1440) }
    #expect(throws: fault) { try ClockWindow(text) }
    #expect(!fault.description.isEmpty)
  }

  @Test func windowsAreHalfOpenAndGoOverMidnight() throws {
    let night = try ClockWindow("23-07")
    #expect([0, 419, 1380, 1439].allSatisfy(night.contains(minute:)))
    #expect(![420, 1379].contains(where: night.contains(minute:)))
  }

  @Test func sharpIsBeforePeakAndPeakBeforeValley() throws {
    let all = try ClockWindow("10-14")
    var windows = Tariff.Windows(sharp: [all], peak: [all], valley: [all])
    #expect(windows.period(atMinute: 600) == .sharp && windows.period(atMinute: 840) == .flat)
    windows.sharp = []
    #expect(windows.period(atMinute: 600) == .peak)
    windows.peak = []
    #expect(windows.period(atMinute: 600) == .valley)
  }
}
