// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Scheduling

/// The profile of what is free against a table of instants.
@Suite struct FreeProfileTests {
  private static let instants = 600
  private static let count = 20

  /// Hundreds of stretches, so that there are many chunks; all of them are given back.
  @Test(arguments: 0..<30) func itIsWhatATableSays(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), name: "free-profile")
    var profile = FreeProfile(free: Self.count, from: 0)
    var table = [Int](repeating: Self.count, count: Self.instants)
    var taken: [(change: Int, from: Int, to: Int)] = []
    var now = 0
    func add(_ change: Int, _ from: Int, _ to: Int) {
      profile.add(change, from: Int64(from), to: to == Self.instants ? .max : Int64(to))
      for instant in from..<to { table[instant] += change }
    }
    for step in 0..<800 {
      let isTaking = step < 400 ? 3 : 1
      if Int.random(in: 0..<4, using: &random) < isTaking {
        let from = Int.random(in: now..<Self.instants, using: &random)
        let length = Int.random(in: 1...(step % 3 == 0 ? 400 : 20), using: &random)
        let change = -Int.random(in: 1...4, using: &random)
        taken.append((change, from, min(Self.instants, from + length)))
        add(change, from, min(Self.instants, from + length))
      } else if !taken.isEmpty {
        let place = Int.random(in: taken.indices, using: &random)
        let (change, from, to) = taken.remove(at: place)
        if to > now { add(-change, max(now, from), to) }
      }
      if step % 50 == 0, step > 0 {
        now = min(now + 5, 100)
        profile.forget(before: Int64(now))
      }
      let some = Int.random(in: now..<Self.instants, using: &random)
      #expect(profile.free(at: Int64(some)) == table[some])
      compareSearch(profile, table, from: now, &random)
    }
    for (change, from, to) in taken where to > now { add(-change, max(now, from), to) }
    #expect(profile.chunks.count == 1 && profile.chunks[0].steps.count == 1)
  }

  private func compareSearch(
    _ profile: FreeProfile, _ table: [Int], from now: Int, _ random: inout RandomStream
  ) {
    let accelerators = Int.random(in: 1...Self.count, using: &random)
    let length = Int.random(in: 1...80, using: &random)
    let slot = Bool.random(using: &random) ? Int.random(in: now...700, using: &random) : .max
    let limit = Bool.random(using: &random) ? Int.random(in: now...700, using: &random) : .max
    let found = profile.earliestStart(
      accelerators: accelerators, length: Int64(length), from: Int64(now),
      upTo: slot == .max ? .max : Int64(slot), before: limit == .max ? .max : Int64(limit))
    let last = min(Self.instants - 1, slot == .max ? Self.instants : slot - 1, limit - 1)
    let expected = (now...max(now, last)).first { start in
      start <= last
        && table[start..<min(Self.instants, start + length, slot)].allSatisfy { $0 >= accelerators }
    }
    #expect(found == expected.map(Int64.init), "\(accelerators) for \(length) up to \(slot)")
  }
}

/// Jobs by size against a list.
@Suite struct SizeClassesTests {
  @Test(arguments: 0..<20) func theNextJobIsThatOfAList(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), name: "size-classes")
    var classes = SizeClasses()
    var list: [QueuedJob] = []
    for order in 0..<1500 {
      if list.isEmpty || Int.random(in: 0..<5, using: &random) > 1 {
        let job = QueuedJob(
          id: JobID(order), order: Int64(order),
          accelerators: Int32.random(in: 1...12, using: &random),
          requested: Int64.random(in: 1...(order % 2 == 0 ? 10 : 1000), using: &random))
        list.append(job)
        classes.add(JobPlace(order), job)
      } else {
        classes.remove(list.remove(at: Int.random(in: list.indices, using: &random)))
      }
      let gap = SizeClasses.Gap(
        free: Int.random(in: 0...12, using: &random),
        time: Int64.random(in: 0...200, using: &random),
        extra: Int.random(in: 0...12, using: &random))
      let fitting = list.filter {
        $0.accelerators <= gap.free && ($0.requested <= gap.time || $0.accelerators <= gap.extra)
      }
      let first = fitting.min { $0.order < $1.order }
      let shortest = fitting.min { ($0.requested, $0.order) < ($1.requested, $1.order) }
      #expect(classes.firstInOrder(in: gap)?.index == first?.id.index)
      #expect(classes.shortest(in: gap)?.index == shortest?.id.index)
      #expect(classes.leastSize == list.map { Int($0.accelerators) }.min() ?? .max)
    }
  }
}
