// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing
import Traffic

@testable import Scheduling

/// The calendar against one that is a table of seconds, with windows tried one after the other.
@Suite struct BandwidthCalendarTests {
  private static let links = 3
  private static let seconds = 24

  @Test(arguments: 0..<200) func itBooksWhatATableOfSecondsBooks(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), name: "calendar")
    var calendar = BandwidthCalendar(links: Self.links)
    var table = SecondsTable(links: Self.links, seconds: Self.seconds)
    for link in 0..<Self.links {
      let room = Int64.random(in: 4...20, using: &random)
      calendar.setRoom(of: link, to: Double(room) + 0.5)
      table.rooms[link] = room
    }
    var booked: [(window: BandwidthWindow, path: [LinkID])] = []
    for _ in 0..<12 {
      let path = (0..<Self.links).filter { _ in Bool.random(using: &random) }
        .map { LinkID(index: $0) }
      guard !path.isEmpty else { continue }
      let need = BandwidthNeed(
        bits: Double(Int.random(in: 1...60, using: &random)),
        mostRate: Int64.random(in: 1...20, using: &random))
      let start = Int.random(in: 0..<8, using: &random)
      let end = Int.random(in: start + 1...Self.seconds, using: &random)
      var windows: [WindowChoice: BandwidthWindow] = [:]
      for choice in WindowChoice.allCases {
        let found = calendar.free(on: path, from: second(start), to: second(end))
          .window(for: need, choice)
        let expected = table.window(for: need, choice, on: path, from: start, to: end)
        #expect(found == expected, "\(choice)")
        windows[choice] = found
      }
      if var window = WindowChoice.allCases.compactMap({ windows[$0] })
        .randomElement(using: &random)
      {
        // To the whole second, so that the table can tell.
        window.end = second(Int((window.end.nanoseconds + 999_999_999) / 1_000_000_000))
        calendar.book(window, on: path)
        table.book(window, on: path)
        booked.append((window, path))
      } else {
        let refusal = calendar.refusal(
          of: need, .leastRate, on: path, from: second(start), to: second(end))
        if case .full(let link, _) = refusal { #expect(path.contains(link)) }
      }
      if Int.random(in: 0..<4, using: &random) == 0, let last = booked.popLast() {
        let now = Int.random(in: 0..<12, using: &random)
        calendar.release(last.window, on: last.path, from: second(now))
        table.release(last.window, on: last.path, from: now)
        var rest = last.window
        rest.end = min(rest.end, max(rest.start, second(now)))
        booked.append((rest, last.path))
      }
      #expect(rates(of: calendar) == table.booked.map { Array($0.prefix(Self.seconds)) })
    }
    for (window, path) in booked { calendar.release(window, on: path, from: .zero) }
    #expect(calendar.stepCount == 0)
  }

  /// What is booked of each link in the middle of each second.
  private func rates(of calendar: BandwidthCalendar) -> [[Int64]] {
    (0..<Self.links).map { link in
      (0..<Self.seconds).map { second in
        let middle = SimTime(nanoseconds: Int64(second) * 1_000_000_000 + 500_000_000)
        return calendar.booked(on: LinkID(index: link), at: middle)
      }
    }
  }

  private func second(_ number: Int) -> SimTime {
    SimTime(nanoseconds: Int64(number) * 1_000_000_000)
  }

  @Test func whatIsPastIsForgotten() {
    var rates = BookedRates()
    rates.add(3, from: second(1), to: second(4))
    rates.add(2, from: second(2), to: second(6))
    rates.forget(before: second(3))
    #expect(rates.steps.map(\.rate) == [5, 2, 0] && rates.most(from: second(3)) == 5)
    #expect(rates.rate(at: second(5)) == 2 && rates.most(from: second(5)) == 2)
    #expect(rates.rate(at: second(6)) == 0)
  }

  @Test func aRefusalTellsWhichLinkAndWhen() {
    let path = [LinkID(index: 0), LinkID(index: 1)]
    var calendar = BandwidthCalendar(links: 2)
    calendar.setRoom(of: 0, to: 10)
    calendar.setRoom(of: 1, to: 8)
    calendar.book(
      BandwidthWindow(start: second(2), end: second(9), rate: 7), on: [LinkID(index: 0)])
    func refusal(bits: Double, most: Int64, _ choice: WindowChoice = .leastRate) -> Refusal {
      calendar.refusal(
        of: BandwidthNeed(bits: bits, mostRate: most), choice, on: path, from: second(0),
        to: second(10))
    }
    // 10 s at 9 bit/s do not fit the second link, even empty; at 7 the first is full from 2 s on.
    #expect(refusal(bits: 90, most: 100) == .narrow(LinkID(index: 1)))
    #expect(refusal(bits: 70, most: 100) == .full(LinkID(index: 0), second(2)))
    #expect(refusal(bits: 70, most: 3) == .slow)
    #expect(refusal(bits: 10, most: 9, .fullRate) == .narrow(LinkID(index: 1)))
    let none = calendar.refusal(
      of: BandwidthNeed(bits: 1, mostRate: 5), .earliest, on: path, from: second(3), to: second(3))
    #expect(none == .late)
  }

  /// Bits and rates of any size: the least rate is enough, and one bit/s less is not.
  @Test(arguments: 0..<100) func theLeastRateIsTheLeast(seed: Int) throws {
    var random = RandomStream(seed: UInt64(seed), name: "least-rate")
    let bits =
      pow2(Int.random(in: 0...72, using: &random)) * Double.random(in: 1...2, using: &random)
    let length = Int64.random(
      in: 2000...1 << Int64.random(in: 12...60, using: &random), using: &random)
    let need = BandwidthNeed(bits: bits, mostRate: .max)
    guard let rate = need.leastRate(within: length) else {
      #expect(bits * 1e9 / Double(length) > 4e18)
      return
    }
    let used = try #require(need.length(at: rate))
    #expect(used <= length)
    // The guard of a long window is told by its own length, which is a part in 2^30 more.
    let slower = Int64(Double(rate) * (1 - 1e-8)) - 1
    if slower > 0, let longer = need.length(at: slower) { #expect(longer > length) }
  }

  private func pow2(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}

/// A calendar of whole seconds; the slow way to do the same.
private struct SecondsTable {
  var rooms: [Int64]
  var booked: [[Int64]]

  init(links: Int, seconds: Int) {
    rooms = Array(repeating: 0, count: links)
    booked = Array(repeating: Array(repeating: 0, count: 4 * seconds), count: links)
  }

  /// Tries every rate at every second.
  func window(
    for need: BandwidthNeed, _ choice: WindowChoice, on path: [LinkID], from: Int, to: Int
  ) -> BandwidthWindow? {
    var all: [BandwidthWindow] = []
    let rates = choice == .fullRate ? need.mostRate...need.mostRate : 1...need.mostRate
    for rate in rates {
      for start in from..<to {
        let begin = SimTime(nanoseconds: Int64(start) * 1_000_000_000)
        guard let window = need.window(at: rate, from: begin),
          window.end.nanoseconds <= Int64(to) * 1_000_000_000
        else { continue }
        let isFree = cells(of: window).allSatisfy { second in
          path.allSatisfy { free($0, second) >= rate }
        }
        if isFree { all.append(window) }
      }
    }
    switch choice {
    case .leastRate: return all.min { ($0.rate, $0.start) < ($1.rate, $1.start) }
    case .earliest: return all.min { ($0.end, $0.rate) < ($1.end, $1.rate) }
    case .fullRate: return all.min { $0.start < $1.start }
    }
  }

  /// The seconds that a window touches.
  private func cells(of window: BandwidthWindow) -> Range<Int> {
    let first = Int(window.start.nanoseconds / 1_000_000_000)
    let last = Int((window.end.nanoseconds + 999_999_999) / 1_000_000_000)
    return first..<last
  }

  private func free(_ link: LinkID, _ second: Int) -> Int64 {
    rooms[Int(link.index)] - booked[Int(link.index)][second]
  }

  mutating func book(_ window: BandwidthWindow, on path: [LinkID]) {
    add(window.rate, cells(of: window), path)
  }

  mutating func release(_ window: BandwidthWindow, on path: [LinkID], from now: Int) {
    let cells = cells(of: window)
    add(-window.rate, min(max(now, cells.lowerBound), cells.upperBound)..<cells.upperBound, path)
  }

  private mutating func add(_ rate: Int64, _ seconds: Range<Int>, _ path: [LinkID]) {
    for link in path { for second in seconds { booked[Int(link.index)][second] += rate } }
  }
}
