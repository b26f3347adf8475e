// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

// Prices of pools, and jobs that book machines together with windows for their data.

extension World {
  /// Draws them now and then, from chance of their own.
  mutating func drawBookings() {
    let before = draw
    defer { draw = before }
    draw = Draw(seed: seed, name: "swarm-bookings")
    guard let list = root["pools"]?.value("list")?.elements else { return }
    // By rounds nobody waits on a pool, and no start can be promised.
    let isBooking = draw.chance(0.6) && root["placement"]?.value("rounds") == nil
    let keeping = draw.int(0...list.count - 1)
    let pools = list.enumerated().map { number, pool in
      var changed = pool
      if draw.chance(0.4) {
        changed = changed.setting(["price"], .text("\(draw.int(1...900)) yuan/h")) ?? pool
      }
      if isBooking, number == keeping {
        changed = changed.setting(["queue"], .text("conservative")) ?? pool
      }
      return changed
    }
    root["pools"] = root["pools"]?.setting(["list"], .list(pools))
    addOutputs(["accounts"])
    guard isBooking, bookJobs(on: pools) else { return }
    addOutputs(["transfers"])
  }

  /// Has some jobs book on pools that keep slots; false where there is none, or no job does.
  private mutating func bookJobs(on list: [Node]) -> Bool {
    let open = list.filter { $0.value("queue")?.word == "conservative" }
      .compactMap { $0.value("name")?.word }
    guard !open.isEmpty else { return false }
    var isBooked = false
    for index in traffic.indices {
      guard let jobs = traffic[index].value("jobs"), draw.chance(0.7) else { continue }
      if let pool = jobs.value("to")?.value("pool")?.word, !open.contains(pool) { continue }
      var reserve = Section()
      if draw.chance(0.3) { reserve["rate"] = .rate(draw.pick([1e5, 1e8, 1e10])) }
      if draw.chance(0.4) { reserve["if_refused"] = .text("queue") }
      traffic[index] =
        traffic[index].setting(["jobs", "reserve"], reserve.node) ?? traffic[index]
      isBooked = true
    }
    return isBooked
  }

  private mutating func addOutputs(_ kinds: [String]) {
    guard let outputs = root["outputs"]?.elements else { return }
    let new = kinds.filter { kind in !outputs.contains { $0.word == kind } }
    root["outputs"] = .list(outputs + new.map { .text($0) })
  }
}
