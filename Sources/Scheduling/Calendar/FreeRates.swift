// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import Traffic

/// What is free on all links of a path at once, as a function of time between two instants.
///
/// A window of a constant rate lies in a piece with as much free throughout. Of all pieces only
/// the maximal ones count: neither longer with as much free, nor with more free all through.
/// They are the maximal rectangles under the function, which one pass with a stack finds.
///
/// - Complexity: O(n) for n steps.
package struct FreeRates: Sendable {
  /// From its time to that of the next, or to the end, so much is free.
  package private(set) var steps: [BookedRates.Step]
  package let end: SimTime

  /// A piece of time in which at least a rate is free.
  package struct Piece: Equatable, Sendable {
    package var start: SimTime
    package var end: SimTime
    package var rate: Int64

    package var length: Int64 { end.nanoseconds - start.nanoseconds }
  }

  /// The steps are in order of time, none is at the end or behind it, and no rate is below 0.
  package init(steps: [BookedRates.Step], end: SimTime) {
    self.steps = steps
    self.end = end
  }

  /// Calls `body` for each maximal piece.
  package func forEachPiece(_ body: (Piece) -> Void) {
    var open: [(start: SimTime, rate: Int64)] = []
    func close(downTo rate: Int64, at time: SimTime) -> SimTime {
      var start = time
      while let last = open.last, last.rate > rate {
        open.removeLast()
        body(Piece(start: last.start, end: time, rate: last.rate))
        start = last.start
      }
      return start
    }
    for step in steps {
      let start = close(downTo: step.rate, at: step.time)
      if open.last?.rate != step.rate { open.append((start, step.rate)) }
    }
    _ = close(downTo: -1, at: end)
  }

  /// The window for a need, by the rule of choice; nil where none fits.
  package func window(for need: BandwidthNeed, _ choice: WindowChoice) -> BandwidthWindow? {
    switch choice {
    case .leastRate: leastRate(for: need)
    case .earliest: earliest(for: need)
    case .fullRate: first(for: need)
    }
  }

  /// The window of least rate; of several the earliest.
  ///
  /// The rate that fits a piece is the less the longer it is, so that it takes all of it.
  private func leastRate(for need: BandwidthNeed) -> BandwidthWindow? {
    var best: (start: SimTime, rate: Int64)?
    forEachPiece { piece in
      guard let rate = need.leastRate(within: piece.length),
        rate <= min(piece.rate, need.mostRate)
      else { return }
      if let known = best, (known.rate, known.start) <= (rate, piece.start) { return }
      best = (piece.start, rate)
    }
    return best.flatMap { need.window(at: $0.rate, from: $0.start) }
  }

  /// The window that ends first; of several that of least rate.
  private func earliest(for need: BandwidthNeed) -> BandwidthWindow? {
    var best: BandwidthWindow?
    forEachPiece { piece in
      let rate = min(piece.rate, need.mostRate)
      guard rate > 0, let window = need.window(at: rate, from: piece.start),
        window.end <= piece.end
      else { return }
      if let known = best, (known.end, known.rate) <= (window.end, rate) { return }
      best = window
    }
    return best
  }

  /// The first window of the full rate that the need takes.
  private func first(for need: BandwidthNeed) -> BandwidthWindow? {
    var best: BandwidthWindow?
    forEachPiece { piece in
      guard piece.rate >= need.mostRate,
        let window = need.window(at: need.mostRate, from: piece.start),
        window.end <= piece.end, window.start < best?.start ?? .distantFuture
      else { return }
      best = window
    }
    return best
  }

  /// The bits that could be carried in all, and the first instant at which least is free.
  package var volume: (bits: Double, leastAt: SimTime) {
    var bits = 0.0
    var least = (rate: Int64.max, time: end)
    for (place, step) in steps.enumerated() {
      let next = place + 1 < steps.count ? steps[place + 1].time : end
      bits += Double(step.rate) * (next - step.time).seconds
      if step.rate < least.rate { least = (step.rate, step.time) }
    }
    return (bits, least.time)
  }
}
