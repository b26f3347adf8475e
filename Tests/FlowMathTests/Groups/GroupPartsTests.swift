// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// What groups are made of, each against the plain thing that it stands for.
@Suite struct GroupPartsTests {
  @Test func aTableOfPairsKnowsWhatADictionaryKnows() {
    var random = TestRandom(state: 1)
    var table = PairTable()
    var expected: [[Int32]: Int32] = [:]
    for step in 0..<20_000 as Range<Int32> {
      // Few pairs, so that they meet; more of them later, so that it grows.
      let range = 0..<(4 + step / 200)
      let key = [
        Int32.random(in: range, using: &random), Int32.random(in: range, using: &random),
      ]
      #expect(table.find(key[0], key[1]) == expected[key])
      if expected[key] == nil {
        table.insert(key[0], key[1], step)
        expected[key] = step
      } else if Bool.random(using: &random) {
        table.remove(key[0], key[1])
        expected[key] = nil
      }
    }
    #expect(expected.count > 100)
    for (key, value) in expected { #expect(table.find(key[0], key[1]) == value) }
  }

  @Test func classesStandInTheOrderOfTheirKeys() {
    var random = TestRandom(state: 2)
    var heaps = KeyedHeaps()
    heaps.makeRoom(lists: 3, members: 60)
    var keys: [Int32: (group: Int32, key: Double)] = [:]
    for _ in 0..<5000 {
      let flowClass = Int32.random(in: 0..<60, using: &random)
      // Whole numbers, so that some are equal.
      let key = Double(Int.random(in: 0..<20, using: &random))
      if let (group, _) = keys[flowClass] {
        if Bool.random(using: &random) {
          heaps.setKey(of: flowClass, to: key, in: group)
          keys[flowClass] = (group, key)
        } else {
          heaps.remove(flowClass, from: group)
          keys[flowClass] = nil
        }
      } else {
        let group = Int32.random(in: 0..<3, using: &random)
        heaps.insert(flowClass, key: key, into: group)
        keys[flowClass] = (group, key)
      }
      for group in 0..<3 as Range<Int32> {
        let first = keys.filter { $0.value.group == group }
          .min { ($0.value.key, $0.key) < ($1.value.key, $1.key) }
        #expect(heaps.isEmpty(group) == (first == nil))
        guard let first else { continue }
        let found = heaps.first(of: group)
        #expect(found.member == first.key && found.key == first.value.key)
      }
    }
  }

  @Test func newKeysForAllArePutInOrder() {
    var heaps = KeyedHeaps()
    heaps.makeRoom(lists: 2, members: 20)
    for index in 0..<20 as Range<Int32> { heaps.insert(index, key: Double(index), into: index % 2) }
    #expect(heaps.count(of: 1) == 10)
    for place in 0..<10 {
      let flowClass = heaps.entry(at: place, of: 1).member
      heaps.setKey(at: place, of: 1, to: Double((flowClass * 7) % 20))
    }
    heaps.restoreOrder(of: 1)
    var order: [Double] = []
    while !heaps.isEmpty(1) {
      order.append(heaps.first(of: 1).key)
      heaps.remove(heaps.first(of: 1).member, from: 1)
    }
    #expect(order == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19])
    #expect(heaps.first(of: 0).key == 0)
  }

  @Test func thoseBelowAKeyAreFoundFromTheFirstOn() {
    var random = TestRandom(state: 4)
    for count in 0..<60 {
      var heaps = KeyedHeaps()
      heaps.makeRoom(lists: 1, members: 60)
      let keys = (0..<count).map { _ in Double(Int.random(in: 0..<20, using: &random)) }
      for (member, key) in keys.enumerated() { heaps.insert(Int32(member), key: key, into: 0) }
      for bound in [-1.0, 0, 7, 20] {
        var found = AlignedColumn<Int32>()
        heaps.collect(below: bound, of: 0, into: &found)
        let members = (0..<found.count).map { Int(found[$0]) }
        #expect(members.sorted() == keys.indices.filter { keys[$0] < bound })
      }
    }
  }

  @Test func whatStandsAtItsCeilingIsSummedAndOrdered() {
    var capped = CappedClasses()
    capped.makeRoom(links: 2, places: 4)
    for (place, limit) in [3.0, 9, 5].enumerated() {
      capped.enter(Int32(place), limit: limit, load: 10 * limit, on: 1)
    }
    // What is never copied can't be looked into by `#expect` itself.
    var (load, limit, first) = (
      capped.load(on: 1), capped.highestLimit(on: 1), capped.highest(on: 1)
    )
    #expect(load == 170 && limit == 9 && first == 1)
    capped.collect(above: 3, on: 1)
    let found = (0..<capped.found.count).map { capped.found[$0] }
    #expect(Set(found) == [1, 2])
    capped.leave(1, load: 90, on: 1)
    var isWorn = capped.isWorn(1)
    (load, limit, first) = (capped.load(on: 1), capped.highestLimit(on: 1), capped.highest(on: 1))
    #expect(load == 80 && limit == 5 && first == 2 && !isWorn)
    capped.leave(2, load: 79, on: 1)
    isWorn = capped.isWorn(1)
    #expect(isWorn)
    capped.leave(0, load: 30, on: 1)
    let (left, count) = (capped.load(on: 1), capped.count(on: 1))
    #expect(left == 0 && count == 0)
  }

  @Test func listsKeepWhatIsPutInThem() {
    var random = TestRandom(state: 3)
    var store = Pieces<Int32>()
    var pieces = Array(repeating: Piece(), count: 8)
    var expected = Array(repeating: [Int32](), count: 8)
    for step in 0..<4000 as Range<Int32> {
      let list = Int.random(in: 0..<8, using: &random)
      if Int.random(in: 0..<5, using: &random) < 3 || expected[list].isEmpty {
        store.append(step, to: &pieces[list])
        expected[list].append(step)
      } else {
        let place = Int.random(in: 0..<expected[list].count, using: &random)
        let moved = store.remove(Int32(place), from: &pieces[list])
        let last = expected[list].removeLast()
        if place < expected[list].count { expected[list][place] = last }
        #expect(moved == (place < expected[list].count ? last : nil))
        if expected[list].isEmpty { store.release(&pieces[list]) }
      }
      let found = (0..<Int(pieces[list].count)).map {
        store.base[Int(pieces[list].start) + $0]
      }
      #expect(found == expected[list])
    }
  }
  @Test func whatAHeavyClassLeavesIsNotWhatRoundingMakesOfIt() {
    // 1e9 + 0.1 - 1e9 is 0.1 to seven digits only; alone on the link, a flow has all of it.
    var system = FluidSystem()
    system.choice.forced = .groups
    _ = system.addLink(capacity: 1e9)
    for weight in [0.1, 1e9] { _ = system.addClass(path: [0], terms: FlowTerms(weight: weight)) }
    for index in 0..<2 { _ = system.start(flowClass: index, bits: 1e9, at: 0) }
    system.settle()
    #expect(system.withdraw(flowClass: 1, at: 10).count == 1)
    system.settle()
    let (rate, isGrouped) = (system.rate(ofClass: 0), system.isGrouped)
    #expect(isGrouped && abs(rate - 1e9) < 1e-3)
  }
}
