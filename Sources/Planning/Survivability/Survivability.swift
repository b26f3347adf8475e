// SPDX-License-Identifier: GPL-3.0-or-later
internal import Locks
package import Simulator
internal import Studies

/// All failures of a kind, ranked by what they hurt.
package struct Survivability: Sendable {
  /// The worst first.
  package let effects: [FailureEffect]
  package let screening: Screening
  /// How many hours each was looked at in.
  package var hourCount: Int { screening.hours.count }

  /// Nil where `watch` wanted to stop.
  ///
  /// Pairs are so many that they are looked at in the hours alone in which most is asked for, or
  /// a link is fullest, or most tokens are refused.
  package init?(
    of model: Model, kind: FailureKind, by measure: FailureMeasure = .traffic, jobs: Int,
    _ watch: (Double) -> Bool = { _ in true }
  ) {
    let whole = Screening(model)
    let screening = kind == .double ? whole.only(hours: whole.telling) : whole
    let failures = Failure.all(kind, of: model)
    guard let effects = screening.effects(of: failures, jobs: jobs, watch) else { return nil }
    self.screening = screening
    self.effects = effects.sorted { FailureEffect.isWorse($0, $1, by: measure) }
  }
}

extension Screening {
  /// The positions of the hours that tell most: of the highest load, of the fullest link, of most
  /// tokens refused.
  var telling: [Int] {
    let loads = (0..<hours.count).map { offered[$0].reduce(0, +) }
    let busiest = loads.indices.reduce(0) { loads[$1] > loads[$0] ? $1 : $0 }
    let refused = base.tokensRefused
    let full = refused.indices.reduce(0) { refused[$1] > refused[$0] ? $1 : $0 }
    return Set([busiest, full, base.worstUse?.hour ?? 0, base.worstHour]).sorted()
  }

  /// What each of some failures does, in their order, on several threads.
  package func effects(
    of failures: [Failure], jobs: Int, _ watch: (Double) -> Bool = { _ in true }
  ) -> [FailureEffect]? {
    inParallel(failures, jobs: jobs, watch) { FailureEffect($0, state(under: $0), self) }
  }
}

/// Works on each of some things on several threads; gives what comes of them in their order.
///
/// Nil where `watch` wanted to stop.
func inParallel<Thing: Sendable, Value: Sendable>(
  _ things: [Thing], jobs: Int, _ watch: (Double) -> Bool,
  _ work: @escaping @Sendable (Thing) -> Value
) -> [Value]? {
  let desk = Desk<Value>(things.count)
  let goesOn = Workers.run(
    max(1, min(jobs, things.count)),
    each: { _ in while let index = desk.take() { desk.put(work(things[index]), at: index) } },
    watch: {
      guard watch(desk.fraction) else {
        desk.stop()
        return false
      }
      return true
    })
  return goesOn ? desk.results : nil
}

/// Where threads take work from and put down what comes of it.
private final class Desk<Value: Sendable>: Sendable {
  private struct Sheet {
    var next = 0
    var done = 0
    var results: [Value?]
  }

  private let sheet: Guarded<Sheet>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    sheet = Guarded(Sheet(results: Array(repeating: nil, count: count)))
  }

  func take() -> Int? {
    sheet.withLock { sheet in
      guard sheet.next < count else { return nil }
      defer { sheet.next += 1 }
      return sheet.next
    }
  }

  func put(_ value: Value, at index: Int) {
    sheet.withLock { sheet in
      sheet.results[index] = value
      sheet.done += 1
    }
  }

  func stop() { sheet.withLock { $0.next = count } }

  var fraction: Double { sheet.withLock { Double($0.done) / Double(max(1, count)) } }

  var results: [Value] { sheet.withLock { $0.results.compactMap(\.self) } }
}
