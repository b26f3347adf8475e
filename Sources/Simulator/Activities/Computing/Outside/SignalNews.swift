// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Policies

/// Which price signals a policy outside has heard of: each as it is announced, and not before.
struct SignalNews {
  private let terms: [EnergyTerms]
  /// The earliest announcement that it has not heard of; nil where none is left.
  private var next: SimTime?
  private var heard: SimTime?

  /// A signal, and the row of the terms that it is of.
  struct Heard {
    var row: Int
    var signal: PriceSignal
  }

  init(_ terms: [EnergyTerms]) {
    self.terms = terms
    next = terms.flatMap(\.signals).map(\.announced).min()
  }

  func isBehind(at now: SimTime) -> Bool { next.map { $0 <= now } ?? false }

  /// Takes in those that are announced by an instant, and gives them.
  mutating func hear(by now: SimTime) -> [Heard] {
    guard isBehind(at: now) else { return [] }
    let news = terms.indices.flatMap { row in
      terms[row].signals.filter {
        $0.announced <= now && (heard ?? SimTime(nanoseconds: -1)) < $0.announced
      }
      .map { Heard(row: row, signal: $0) }
    }
    heard = now
    next = terms.flatMap(\.signals).map(\.announced).filter { $0 > now }.min()
    return news
  }

  /// Adds a member with signals, and what a kilowatt-hour of the machines comes to in each hour that
  /// they touch, by all that is known now.
  func add(_ news: [Heard], at now: SimTime, to writer: inout MessageWriter) {
    let hour = RunCalendar.nanosecondsOfHour
    writer.raw(",\"signals\":")
    writer.list(news) { one, writer in
      let known = terms[one.row].known(at: now)
      let first = one.signal.from.nanoseconds / hour
      writer.member("{\"energy\":", Int64(one.row))
      writer.member(",\"from\":", one.signal.from.nanoseconds)
      writer.member(",\"to\":", one.signal.to.nanoseconds)
      writer.member(",\"hour\":", first)
      writer.raw(",\"yuan_per_kwh\":")
      writer.list(first...max(first, (one.signal.to.nanoseconds - 1) / hour)) { number, writer in
        let begin = SimTime(nanoseconds: number * hour)
        let end = SimTime(nanoseconds: (number + 1) * hour)
        writer.number(known.spend(itWatts: 1000, from: begin, to: end).yuan)
      }
      writer.raw("}")
    }
  }
}
