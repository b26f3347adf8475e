// SPDX-License-Identifier: GPL-3.0-or-later

extension FreeProfile {
  /// The earliest start of a stretch with so many free that is as long as wanted, or that reaches
  /// `slot`; nil where none starts before both `limit` and `slot`.
  ///
  /// It gives up once it has looked at so many steps.
  func earliestStart(
    accelerators: Int, length: Int64, from now: Int64, upTo slot: Int64 = .max,
    before limit: Int64 = .max, steps most: Int = .max
  ) -> Int64? {
    let first = place(at: now)
    var walk = StretchWalk(now: now, length: length, slot: slot, limit: min(limit, slot))
    var looked = 0
    for index in first.chunk..<chunks.count {
      let chunk = chunks[index]
      if walk.isDone(at: chunk.begin) { return walk.start }
      let wanted = accelerators - chunk.offset
      if walk.start == nil ? chunk.most < wanted : chunk.least >= wanted { continue }
      let step = index == first.chunk ? first.step : 0
      if walk.isDone(in: chunk.steps, from: step, wanted) { return walk.start }
      looked += chunk.steps.count
      guard looked < most else { return nil }
    }
    return walk.start
  }
}

/// A walk over steps in order of time that looks for a stretch.
private struct StretchWalk {
  let now: Int64
  let length: Int64
  let slot: Int64
  let limit: Int64
  /// Where the stretch began in which the walk is.
  private(set) var start: Int64?

  init(now: Int64, length: Int64, slot: Int64, limit: Int64) {
    self.now = now
    self.length = length
    self.slot = slot
    self.limit = limit
  }

  /// Whether the stretch is found that goes up to an instant, or none can begin from there on.
  func isDone(at time: Int64) -> Bool {
    guard let start else { return time >= limit }
    return time - start >= length || time >= slot
  }

  /// Goes through a chunk from where enough are free to where they are not, and on.
  mutating func isDone(in steps: [FreeProfile.Step], from first: Int, _ wanted: Int) -> Bool {
    var place = first
    while place < steps.count {
      if start == nil {
        while place < steps.count, steps[place].free < wanted { place += 1 }
        guard place < steps.count else { return false }
        let time = max(now, steps[place].time)
        if time >= limit { return true }
        start = time
      } else {
        while place < steps.count, steps[place].free >= wanted { place += 1 }
        guard place < steps.count else { return false }
        if isDone(at: steps[place].time) { return true }
        start = nil
      }
    }
    return false
  }
}
