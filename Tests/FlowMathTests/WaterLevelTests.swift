// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// The level of one link against bisection.
@Suite struct WaterLevelTests {
  private struct Member {
    var held: Double
    var weight: Double
    var floor: Double

    func load(_ level: Double) -> Double {
      let level = min(level, held)
      return level < 0 ? floor / (1 - level) : floor + weight * level
    }
  }

  private func columns(_ members: [Member]) -> LinkMembers {
    var columns = LinkMembers()
    columns.makeRoom(for: members.count)
    columns.setCount(members.count)
    for (index, member) in members.enumerated() {
      columns.held[index] = member.held
      columns.weight[index] = member.weight
      columns.floor[index] = member.floor
    }
    return columns
  }

  private func level(
    _ members: [Member], capacity: Double, guess: Double, hasFloors: Bool
  ) -> Double {
    var columns = columns(members)
    return waterLevel(of: &columns, capacity: capacity, guess: guess, hasFloors: hasFloors)
  }

  /// The lowest level at which the members fill the link, or infinity where they never do.
  private func bisected(_ members: [Member], capacity: Double) -> Double {
    func load(_ level: Double) -> Double { members.reduce(0) { $0 + $1.load(level) } }
    var low = -1e9
    var high = 1e15
    guard load(high) > capacity else { return .infinity }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if load(middle) < capacity { low = middle } else { high = middle }
    }
    return high
  }

  private func randomMembers(_ random: inout TestRandom, hasFloors: Bool) -> [Member] {
    (0..<Int.random(in: 1...20, using: &random)).map { _ in
      Member(
        held: Bool.random(using: &random) ? .infinity : Double.random(in: 0...1e9, using: &random),
        weight: Double.random(in: 0.1...50, using: &random),
        floor: hasFloors && Bool.random(using: &random)
          ? Double.random(in: 0...1e9, using: &random) : 0)
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>, [false, true])
  func itIsWhereBisectionEnds(seed: UInt64, hasFloors: Bool) {
    var random = TestRandom(state: seed)
    for _ in 0..<20 {
      let members = randomMembers(&random, hasFloors: hasFloors)
      let capacity = Double.random(in: 1e6...5e10, using: &random)
      // A guess on either side, and none: the answer must not depend on it.
      let guess = [0, Double.random(in: 0...1e10, using: &random), 1e12].randomElement(
        using: &random)
      let found = level(members, capacity: capacity, guess: guess ?? 0, hasFloors: hasFloors)
      let expected = bisected(members, capacity: capacity)
      #expect(isClose(found, expected), "not \(expected)")
      guard !hasFloors else { continue }
      let ofFew = waterLevelOfFew(columns(members), capacity: capacity, guess: guess ?? 0)
      #expect(isClose(ofFew, expected), "not \(expected)")
    }
  }

  private func isClose(_ found: Double, _ expected: Double) -> Bool {
    // Infinity is close to itself only.
    found == expected || abs(found - expected) <= 1e-9 * max(1, abs(expected))
  }

  @Test func membersHeldBelowLeaveMoreToTheOthers() {
    // 100 shared by weights 1, 1 and 2, the first held at 10: 90 = 3 x, so 30.
    let members = [
      Member(held: 10, weight: 1, floor: 0), Member(held: .infinity, weight: 1, floor: 0),
      Member(held: .infinity, weight: 2, floor: 0),
    ]
    #expect(level(members, capacity: 100, guess: 0, hasFloors: false) == 30)
    #expect(level(members, capacity: 100, guess: 1e6, hasFloors: false) == 30)
  }

  @Test func aLinkWithoutDemandIsNeverFull() {
    let members = [Member(held: 10, weight: 2, floor: 0)]
    #expect(level(members, capacity: 21, guess: 0, hasFloors: false) == .infinity)
    #expect(level(members, capacity: 19, guess: 0, hasFloors: false) == 9.5)
  }
}
