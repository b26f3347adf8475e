// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Scheduling
import Testing
import Traffic

/// Where policies place tokens: sums, rooms, and that nobody is sent past room that was nearer.
@Suite struct TokenPlacementTests {
  private func place(_ sketch: PlacementSketch, _ serving: TokenServing) -> TokenAnswer {
    serving.policy.answer(to: sketch.question)
  }

  /// Random questions, some sites out of reach: nothing appears, nothing vanishes, no site is busy
  /// for more than its time, and nothing goes where no route leads.
  @Test(arguments: TokenServing.allCases, 0..<60 as Range<UInt64>)
  func answersAddUp(serving: TokenServing, seed: UInt64) {
    let sketch = PlacementSketch(seed: seed)
    let answer = place(sketch, serving)
    for (source, services) in answer.parts.enumerated() {
      for (service, parts) in services.enumerated() {
        let sum = parts.reduce(answer.refused[source][service], +)
        #expect(abs(sum - 1) < 1e-9)
        for (site, part) in parts.enumerated() {
          #expect(part >= 0)
          if sketch.delays[source][site] == nil { #expect(part == 0) }
        }
      }
    }
    for use in sketch.question.uses(by: answer) { #expect(use <= 1 + 1e-9) }
    // Who is refused something has no room left at any site that it can reach.
    let uses = sketch.question.uses(by: answer)
    for source in sketch.asked.indices where answer.refused[source][0] > 1e-9 {
      for site in uses.indices
      where sketch.delays[source][site] != nil && sketch.asked[source].reduce(0, +) > 0 {
        #expect(uses[site] > 1 - 1e-9, "\(sketch)")
      }
    }
  }

  /// Requests taken one by one, as a plain program would, come to the same.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func nearestIsAsIfEachRequestWereTakenByItself(seed: UInt64) {
    let sketch = PlacementSketch(seed: seed)
    let answer = place(sketch, .nearest)
    let slow = sketch.placedOneByOne(requests: 500)
    for source in sketch.asked.indices where sketch.asked[source].reduce(0, +) > 0 {
      for site in sketch.speeds.indices {
        // Some requests of each source may find a site full that is just not, or the reverse.
        #expect(abs(answer.parts[source][0][site] - slow[source][site]) < 0.03, "\(sketch)")
      }
    }
  }

  /// Where all sites are reached by all, they are equally busy: found by halving.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func spreadKeepsAllEquallyBusy(seed: UInt64) {
    var sketch = PlacementSketch(seed: seed)
    sketch.connectAll()
    sketch.speeds = sketch.speeds.map { $0 ?? TokenSpeed(input: 50, output: 70) }
    let answer = place(sketch, .spread)
    let needs = sketch.speeds.map { speed in sketch.need(of: sketch.asked, speed) }
    guard needs.contains(where: { $0 > 0 }) else { return }
    // The part of its time for which every site has to be busy so that all is served.
    var (low, high) = (0.0, 1e6)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if needs.reduce(0, { $0 + middle / $1 }) < 1 { low = middle } else { high = middle }
    }
    for (site, use) in sketch.question.uses(by: answer).enumerated() {
      #expect(abs(use - min(1, high)) < 1e-9, "site \(site) of \(sketch)")
    }
  }

  @Test func thoseWhoWantTheSameRoomShareIt() {
    let sketch = PlacementSketch(
      asked: [[50, 0], [150, 0]], speeds: [TokenSpeed(input: 100, output: 100), nil],
      delays: [[1, 2], [1, 2]])
    let answer = place(sketch, .nearest)
    for source in 0..<2 {
      #expect(answer.parts[source] == [[0.5, 0.5], [0.5, 0.5]])
      #expect(answer.refused[source] == [0, 0])
    }
  }

  @Test(arguments: TokenServing.allCases)
  func aSiteOutOfReachIsLeftOut(serving: TokenServing) {
    let speed = TokenSpeed(input: 100, output: 100)
    let sketch = PlacementSketch(
      asked: [[60, 0], [60, 0]], speeds: [speed, speed], delays: [[1, 2], [nil, 2]])
    let answer = place(sketch, serving)
    #expect(answer.parts[1][0][0] == 0)
    #expect(answer.refused[0][0] + answer.refused[1][0] < 1e-9 || serving == .spread)
    let cut = PlacementSketch(
      asked: [[60, 0]], speeds: [speed, speed], delays: [[nil, nil]])
    #expect(place(cut, serving).refused == [[1, 1]])
  }

  /// A site that is just filled refuses nothing, not even what rounding would make.
  @Test func whatJustFitsIsServed() {
    let sketch = PlacementSketch(
      asked: [[0.1, 0], [0.2, 0], [0.7000000000000001, 0]],
      speeds: [TokenSpeed(input: 1, output: 1)], delays: [[1], [1], [1]])
    #expect(place(sketch, .nearest).refused.allSatisfy { $0 == [0, 0] })
  }

  /// Sites with a limit keep to it beside one without, which takes the rest.
  @Test func spreadKeepsLimitsBesideASiteWithoutOne() {
    let sketch = PlacementSketch(
      asked: [[400, 0], [600, 0]],
      speeds: [TokenSpeed(input: 100, output: 100), nil, TokenSpeed(input: 1000, output: 1000)],
      delays: [[1, 1, 1], [1, 1, 1]])
    let answer = place(sketch, .spread)
    for source in 0..<2 {
      let expected = [0.1, 0.9 - 1.0 / 3, 1.0 / 3]
      for (found, expected) in zip(answer.parts[source][0], expected) {
        #expect(abs(found - expected) < 1e-12)
      }
      #expect(answer.refused[source][0] == 0)
    }
  }
}
