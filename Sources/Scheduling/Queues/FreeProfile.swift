// SPDX-License-Identifier: GPL-3.0-or-later

/// How many accelerators are free, as a function of time that is constant between its steps.
///
/// It is below 0 where more are promised than there are. Steps lie in chunks in order of time; each
/// chunk knows the least and most of its steps, so that a search passes over those that are all
/// wanted or all not, and what is taken over a whole chunk is written down once.
///
/// - Complexity: O(c + n/c) for a stretch that is taken or given back, of n steps in chunks of c.
struct FreeProfile: Sendable {
  /// From its time to that of the next so many are free, beside those of its chunk.
  struct Step: BitwiseCopyable {
    var time: Int64
    var free: Int
  }

  struct Chunk {
    var steps: [Step]
    /// What is free beside what its steps say.
    var offset = 0
    /// Of its steps, without the offset.
    private(set) var (least, most) = (0, 0)
    /// The time of its first step.
    private(set) var begin: Int64 = 0

    init(_ steps: some Sequence<Step>, offset: Int) {
      self.steps = Array(steps)
      self.offset = offset
      refresh()
    }

    /// Says anew what it knows of its steps, after these have changed.
    mutating func refresh() {
      begin = steps[0].time
      (least, most) = (Int.max, Int.min)
      for step in steps {
        least = min(least, step.free)
        most = max(most, step.free)
      }
    }

    /// From a step on so many more are free.
    mutating func add(_ change: Int, from first: Int) {
      if first == 0 {
        offset += change
      } else {
        for step in first..<steps.count { steps[step].free += change }
        refresh()
      }
    }

    /// From a step to an instant, at which a step is put in where there is none.
    ///
    /// - Returns: the position of that step.
    mutating func add(_ change: Int, from first: Int, before end: Int64) -> Int {
      var last = first
      while last < steps.count, steps[last].time < end { last += 1 }
      if end != .max, last == steps.count || steps[last].time != end {
        steps.insert(Step(time: end, free: steps[last - 1].free), at: last)
      }
      for step in first..<last { steps[step].free += change }
      refresh()
      return last
    }

    /// The position of the last step at an instant or before; the first where there is none.
    func index(at time: Int64) -> Int {
      var (low, high) = (1, steps.count)
      while low < high {
        let middle = (low + high) / 2
        if steps[middle].time <= time { low = middle + 1 } else { high = middle }
      }
      return low - 1
    }
  }

  struct Place {
    var chunk: Int
    var step: Int
  }

  private static let mostSteps = 64
  /// None is empty, and the first step stands for all that is before it.
  private(set) var chunks: [Chunk]

  init(free: Int, from now: Int64 = .min) {
    chunks = [Chunk([Step(time: now, free: free)], offset: 0)]
  }

  /// From an instant to another so many more are free, or fewer; for good where that is the last.
  mutating func add(_ change: Int, from start: Int64, to end: Int64) {
    guard change != 0, start < end, chunks[0].begin < end else { return }
    let first = split(at: start)
    var (chunk, step) = (first.chunk, first.step)
    while chunk + 1 < chunks.count, chunks[chunk + 1].begin <= end {
      chunks[chunk].add(change, from: step)
      (chunk, step) = (chunk + 1, 0)
    }
    let last = chunks[chunk].add(change, from: step, before: end)
    if end != .max { join(Place(chunk: chunk, step: last)) }
    join(first)
    tidy(chunk)
    if chunk > first.chunk { tidy(first.chunk) }
  }

  /// Forgets what was before an instant.
  mutating func forget(before now: Int64) {
    guard chunks[0].begin < now else { return }
    while chunks.count > 1, chunks[1].begin <= now { chunks.removeFirst() }
    chunks[0].steps.removeFirst(chunks[0].index(at: now))
    chunks[0].steps[0].time = now
    chunks[0].refresh()
  }

  func free(at time: Int64) -> Int {
    let place = place(at: time)
    return chunks[place.chunk].offset + chunks[place.chunk].steps[place.step].free
  }

  func place(at time: Int64) -> Place {
    // Most often it is the present.
    if time <= chunks[0].begin { return Place(chunk: 0, step: 0) }
    var (low, high) = (1, chunks.count)
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle].begin <= time { low = middle + 1 } else { high = middle }
    }
    return Place(chunk: low - 1, step: chunks[low - 1].index(at: time))
  }

  /// The place of the step at an instant, which is put in where there is none.
  private mutating func split(at time: Int64) -> Place {
    let place = place(at: time)
    let step = chunks[place.chunk].steps[place.step]
    guard step.time < time else { return place }
    chunks[place.chunk].steps.insert(Step(time: time, free: step.free), at: place.step + 1)
    return Place(chunk: place.chunk, step: place.step + 1)
  }

  /// Takes a step out if it changes nothing.
  private mutating func join(_ place: Place) {
    var before = Place(chunk: place.chunk, step: place.step - 1)
    if place.step == 0 {
      guard place.chunk > 0 else { return }
      before = Place(chunk: place.chunk - 1, step: chunks[place.chunk - 1].steps.count - 1)
    }
    guard free(at: before) == free(at: place) else { return }
    chunks[place.chunk].steps.remove(at: place.step)
    if chunks[place.chunk].steps.isEmpty {
      chunks.remove(at: place.chunk)
    } else if place.step == 0 {
      chunks[place.chunk].refresh()
    }
  }

  private func free(at place: Place) -> Int {
    chunks[place.chunk].offset + chunks[place.chunk].steps[place.step].free
  }

  /// Halves a chunk that is too large, and puts one that is small to one before that is.
  private mutating func tidy(_ index: Int) {
    guard index < chunks.count else { return }
    let count = chunks[index].steps.count
    if count > Self.mostSteps {
      let rest = chunks[index].steps[(count / 2)...]
      chunks.insert(Chunk(rest, offset: chunks[index].offset), at: index + 1)
      chunks[index].steps.removeLast(rest.count)
      chunks[index].refresh()
    } else if index > 0, count + chunks[index - 1].steps.count < Self.mostSteps / 2 {
      let change = chunks[index].offset - chunks[index - 1].offset
      chunks[index - 1].steps += chunks[index].steps.map {
        Step(time: $0.time, free: $0.free + change)
      }
      chunks[index - 1].refresh()
      chunks.remove(at: index)
    }
  }
}
