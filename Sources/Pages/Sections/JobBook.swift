// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// The jobs of a run: how long they waited, what became of them, and their stays on pools.
struct JobBook {
  private(set) var waits = Spread()
  private(set) var states: [String: Int] = [:]
  private var stays: [String: [JobStay]] = [:]
  private var time: [String: Double] = [:]

  /// So many pools are shown, those that jobs held longest.
  private static let mostPools = 14
  /// And so many stays, the largest.
  private static let mostStays = 1500

  /// A run ends at an instant, at which those that are not finished are still there.
  init(_ table: TableReader, end: Double) throws {
    let (state, wait) = (try table.column("final_state"), try table.column("waiting_time"))
    let columns = try JobStay.Columns(table)
    while try table.advance() {
      states[table.text(state), default: 0] += 1
      waits.add(try table.number(wait))
      guard let stay = try columns.stay(in: table, end: end) else { continue }
      stays[stay.pool, default: []].append(stay)
      time[stay.pool, default: 0] += (stay.to - stay.from) * stay.accelerators
    }
  }

  func part(_ words: Wording) -> Part? {
    let pools = time.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(Self.mostPools)
      .map(\.key)
    guard !pools.isEmpty else { return nil }
    let all = pools.flatMap { stays[$0] ?? [] }.map { ($0.to - $0.from) * $0.accelerators }
      .sorted(by: >)
    let least = all.count > Self.mostStays ? all[Self.mostStays] : 0
    let most = pools.flatMap { stays[$0] ?? [] }.map(\.accelerators).max() ?? 1
    let rows: [JSON] = pools.map { pool in
      .array(
        (stays[pool] ?? []).filter { ($0.to - $0.from) * $0.accelerators > least }.map {
          .array([
            .string($0.job), .raw(Digits.short($0.from)), .raw(Digits.short($0.to)),
            .raw(Digits.short($0.accelerators)),
          ])
        })
    }
    return Part(
      "stays",
      [
        ("id", "stays"), ("title", .string(words["jobs.stays"])),
        ("rows", .array(pools.map { .string($0) })), ("stays", .array(rows)),
        ("most", .number(most)),
        (
          "note",
          .string(
            words.filled(
              "jobs.stays.about", "\(pools.count)", "\(time.count)"))
        ),
      ])
  }
}
