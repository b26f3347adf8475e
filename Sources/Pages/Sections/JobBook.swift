// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// The jobs of a run: how long they waited, what became of them, and their stays on pools.
struct JobBook {
  private(set) var waits = Spread()
  private(set) var states: [String: Int] = [:]
  private var stays: [String: [Stay]] = [:]
  private var time: [String: Double] = [:]

  private struct Stay {
    var job: String
    var from: Double
    var to: Double
    var accelerators: Double
  }

  /// So many pools are shown, those that jobs held longest.
  private static let mostPools = 14
  /// And so many stays, the largest.
  private static let mostStays = 1500

  init(_ table: TableReader) throws {
    let (job, pool, state) = (
      try table.column("job_id"), try table.column("pool"), try table.column("final_state")
    )
    let (size, start, run, wait) = (
      try table.column("requested_number_of_resources"), try table.column("starting_time"),
      try table.column("execution_time"), try table.column("waiting_time")
    )
    while try table.advance() {
      states[table.text(state), default: 0] += 1
      let (from, length) = (try table.number(start), try table.number(run))
      waits.add(try table.number(wait))
      guard !table.isEmpty(pool), !from.isNaN, length > 0 else { continue }
      let stay = Stay(
        job: table.text(job), from: from, to: from + length, accelerators: try table.number(size))
      stays[table.text(pool), default: []].append(stay)
      time[table.text(pool), default: 0] += length * stay.accelerators
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
