// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// From when to when a job was on a pool, as jobs.csv tells: from its first start to its end.
///
/// In between it may have been stopped. A job that left its pool for another has no stay, since the
/// table has only the last of its pools.
struct JobStay {
  var job: String
  var pool: String
  var state: String
  var from: Double
  var to: Double
  var accelerators: Double

  /// Accelerators for seconds: what it covers on the page.
  var area: Double { (to - from) * accelerators }

  struct Columns {
    private let names: [Int]
    private let numbers: [Int]

    init(_ table: TableReader) throws {
      names = try ["job_id", "pool", "final_state"].map { try table.column($0) }
      numbers = try [
        "starting_time", "finish_time", "requested_number_of_resources", "moves",
      ].map { try table.column($0) }
    }

    /// Nil for a job that held nothing on a pool.
    func stay(in table: TableReader, end: Double) throws -> JobStay? {
      guard !table.isEmpty(names[1]) else { return nil }
      let values = try numbers.map { try table.number($0) }
      let state = table.text(names[2])
      // One that waits at the end of the run may have run before, until nobody says when.
      guard !values[0].isNaN, !(values[3] > 0), !values[1].isNaN || state == "RUNNING" else {
        return nil
      }
      let last = values[1].isNaN ? end : values[1]
      guard last > values[0] else { return nil }
      return JobStay(
        job: table.text(names[0]), pool: table.text(names[1]), state: state, from: values[0],
        to: last, accelerators: values[2])
    }
  }

  static func all(in table: TableReader, end: Double) throws -> [JobStay] {
    let columns = try Columns(table)
    var all: [JobStay] = []
    while try table.advance() {
      if let stay = try columns.stay(in: table, end: end) { all.append(stay) }
    }
    return all
  }
}
