// SPDX-License-Identifier: GPL-3.0-or-later

/// One line on the terminal that says how far the work is and how long the rest will take.
///
/// It is drawn on standard error and only where that is a terminal, at most ten times a second.
/// Whoever makes one calls `clear()` at the end, whatever the end.
public struct ProgressBar {
  private let terminalWidth: (() -> Int)?
  private let write: (String) -> Void
  private let clock: () -> Double
  private let start: Double
  private var lastDrawn: Double?

  /// Makes a bar for standard error, which stays silent where that is no terminal.
  public init() {
    let begin = SuspendingClock.now  // CLOCK_MONOTONIC.
    self.init(
      terminalWidth: Terminal.error.isPresent ? { Terminal.error.width } : nil,
      write: StandardError.write, clock: { (SuspendingClock.now - begin) / .seconds(1) })
  }

  init(
    terminalWidth: (() -> Int)?, write: @escaping (String) -> Void, clock: @escaping () -> Double
  ) {
    self.terminalWidth = terminalWidth
    self.write = write
    self.clock = clock
    start = clock()
  }

  /// Whether a call of `update` would draw, for callers whose text is costly to make.
  public var isDue: Bool {
    guard terminalWidth != nil else { return false }
    return lastDrawn.map { clock() - $0 >= Self.interval_s } ?? true
  }

  /// Redraws the bar unless it was drawn a moment ago.
  ///
  /// The text is only made where it is drawn: "12.3 s of 24 h, 1.2 M events/s".
  public mutating func update(fraction: Double, _ text: @autoclosure () -> String) {
    guard isDue, let terminalWidth else { return }
    let now = clock()
    lastDrawn = now
    write(
      Self.clearLine
        + Self.line(
          fraction: fraction, text: text(), elapsed_s: now - start, width: terminalWidth()))
  }

  /// Removes the bar, so that what is printed next starts on a clean line.
  public mutating func clear() {
    guard lastDrawn != nil else { return }
    write(Self.clearLine)
    lastDrawn = nil
  }

  private static let interval_s = 0.1
  private static let clearLine = "\r\u{1B}[K"
}

// MARK: - Rendering

extension ProgressBar {
  private static let longestBar = 30
  private static let shortestBar = 5

  /// Draws bar, percentage, text and time left on a terminal of that width.
  ///
  /// A narrow terminal loses the bar first and then the end of the text.
  public static func line(
    fraction: Double, text: String, elapsed_s: Double, width: Int
  ) -> String {
    let fraction = fraction.isFinite ? min(max(fraction, 0), 1) : 0
    let percent = String(Int(fraction * 100))
    var words = String(repeating: " ", count: 3 - percent.count) + percent + "%"
    if !text.isEmpty { words += "  " + text }
    if let left = timeLeft(fraction: fraction, elapsed_s: elapsed_s) { words += ", \(left) left" }

    // The last column stays free: some terminals wrap as soon as it is written.
    let room = width - 1
    let bar = min(longestBar, room - words.displayWidth - 3)
    guard bar >= shortestBar else { return words.truncated(toWidth: room) }
    let done = Int(fraction * Double(bar))
    let rest = String(repeating: "-", count: bar - done)
    return "[" + String(repeating: "#", count: done) + rest + "] " + words
  }

  /// Extrapolates the pace so far, as "1:05" or "2:03:04"; nil until there is a pace.
  private static func timeLeft(fraction: Double, elapsed_s: Double) -> String? {
    guard fraction > 0, fraction < 1, elapsed_s >= 1 else { return nil }
    let left_s = (elapsed_s * (1 - fraction) / fraction).rounded(.up)
    guard left_s < 100 * 86_400 else { return nil }
    let seconds = Int(left_s)
    let hours = seconds / 3600
    let minutes = seconds / 60 % 60
    return (hours > 0 ? "\(hours):" + twoDigits(minutes) : "\(minutes)") + ":"
      + twoDigits(seconds % 60)
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
