// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of every day by the local clock, from its beginning up to its end without it.
///
/// Written as `11-13`, `07:30-11:30`, `16-24` or, over midnight, `23-07`.
public struct ClockWindow: Hashable, Sendable {
  /// Minutes since midnight, from 0 to 1439.
  public let from: Int
  /// Minutes since midnight, from 1 to 1440; one that is before `from` is on the next day.
  public let to: Int

  /// Why a text is no window.
  public enum Fault: Error, Hashable, Sendable {
    /// There are not two times with a hyphen between them.
    case notTwoTimes
    /// A part that is no time of the day: hours from 0 to 24, minutes from 0 to 59.
    case notATime(String)
    /// It ends when it begins; a whole day is `00-24`.
    case empty
  }

  public init(_ text: some StringProtocol) throws(Fault) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .notTwoTimes }
    let begin = try Self.minutes(String(parts[0]))
    let end = try Self.minutes(String(parts[1]))
    // 24 o'clock is the beginning of the next day, and 0 o'clock the end of this one.
    from = begin == Self.day ? 0 : begin
    to = end == 0 ? Self.day : end
    guard from != to else { throw .empty }
  }

  /// Whether it is open at a minute of the day.
  public func contains(minute: Int) -> Bool {
    from < to ? from <= minute && minute < to : minute >= from || minute < to
  }

  private static let day = 1440

  /// `7`, `07` or `07:30`.
  private static func minutes(_ text: String) throws(Fault) -> Int {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let hour = number(parts[0], digits: 1...2) else {
      throw .notATime(text)
    }
    let minute = parts.count == 2 ? number(parts[1], digits: 2...2) : 0
    guard let minute, minute < 60, hour * 60 + minute <= day else { throw .notATime(text) }
    return hour * 60 + minute
  }

  private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
    let bytes = text.utf8
    guard digits.contains(bytes.count), bytes.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
      return nil
    }
    return Int(text)
  }
}

extension ClockWindow: CustomStringConvertible {
  /// As it is written, with minutes only where there are some.
  public var description: String { "\(Self.clock(from))-\(Self.clock(to))" }

  private static func clock(_ minutes: Int) -> String {
    let hour = two(minutes / 60)
    return minutes % 60 == 0 ? hour : "\(hour):\(two(minutes % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension ClockWindow.Fault: CustomStringConvertible {
  /// What is wrong, to stand behind the text that was found.
  public var description: String {
    switch self {
    case .notTwoTimes: "a window is two times of the day with a hyphen, such as 11-13 or 23-07"
    case .notATime(let text):
      "\"\(text)\" is no time of the day: 0 to 24, or with minutes, as 07:30"
    case .empty: "it ends when it begins; a whole day is 00-24"
    }
  }
}
