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
    // Training jobs on fabrics have iterations and no pool: those are no jobs on pools.
    let pool = try table.column("pool")
    let iterations = table.columns.firstIndex(of: "iterations")
    let columns = try JobStay.Columns(table)
    while try table.advance() {
      if let iterations, !table.isEmpty(iterations), table.isEmpty(pool) { continue }
      states[table.text(state), default: 0] += 1
      waits.add(try table.number(wait))
      guard let stay = try columns.stay(in: table, end: end) else { continue }
      stays[stay.pool, default: []].append(stay)
      time[stay.pool, default: 0] += stay.area
    }
  }

  func part(_ words: Wording) -> Part? {
    let pools = time.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(Self.mostPools)
      .map(\.key)
    guard !pools.isEmpty else { return nil }
    let all = pools.map { stays[$0] ?? [] }
    let areas = all.joined().map(\.area).sorted(by: >)
    let least = areas.count > Self.mostStays ? areas[Self.mostStays] : 0
    let most = all.joined().map(\.accelerators).max() ?? 1
    let rows = all.map { stays -> JSON in .array(stays.filter { $0.area > least }.map(\.bar)) }
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

extension JobStay {
  fileprivate var bar: JSON {
    .array([
      .string(job), .raw(Digits.short(from)), .raw(Digits.short(to)),
      .raw(Digits.short(accelerators)),
    ])
  }
}
