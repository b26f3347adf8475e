// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel

/// The rate that is booked on a link: a function of time that is constant between its steps.
///
/// Rates are whole bits per second, so that what is taken back leaves nothing behind.
///
/// - Complexity: a step is found in O(log n), and put in or taken out in O(n), for n steps.
package struct BookedRates: Sendable {
  /// From its time to that of the next step so much is booked.
  package struct Step: Equatable, BitwiseCopyable, Sendable {
    package var time: SimTime
    package var rate: Int64
  }

  /// In order of time; each differs from the one before, and nothing is booked before the first.
  package private(set) var steps: [Step] = []

  package func rate(at time: SimTime) -> Int64 {
    let next = firstStep(after: time)
    return next > 0 ? steps[next - 1].rate : 0
  }

  /// The most that is booked at once from an instant on.
  package func most(from time: SimTime) -> Int64 {
    let next = firstStep(after: time)
    return steps[max(0, next - 1)...].reduce(0) { max($0, $1.rate) }
  }

  /// Books a rate from an instant to another, or takes it back where it is negative.
  package mutating func add(_ rate: Int64, from start: SimTime, to end: SimTime) {
    guard rate != 0, start < end else { return }
    let first = split(at: start)
    let last = split(at: end)
    for place in first..<last {
      steps[place].rate += rate
      assert(steps[place].rate >= 0, "more is taken back than was booked")
    }
    join(last)
    join(first)
  }

  /// Forgets what was booked before an instant.
  package mutating func forget(before now: SimTime) {
    let next = firstStep(after: now)
    if next > 1 { steps.removeFirst(next - 1) }
  }

  /// The position of the first step behind an instant.
  package func firstStep(after time: SimTime) -> Int {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The position of the step at an instant, which is put in where there is none.
  private mutating func split(at time: SimTime) -> Int {
    let next = firstStep(after: time)
    if next > 0, steps[next - 1].time == time { return next - 1 }
    steps.insert(Step(time: time, rate: next > 0 ? steps[next - 1].rate : 0), at: next)
    return next
  }

  /// Takes a step out that changes nothing.
  private mutating func join(_ place: Int) {
    let before = place > 0 ? steps[place - 1].rate : 0
    if steps[place].rate == before { steps.remove(at: place) }
  }
}
