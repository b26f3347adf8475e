// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

/// When classes are put in groups, and when they are not.
@Suite struct GroupChoiceTests {
  /// Classes on one link, each with one flow of its own size; returns the settles until they are in
  /// groups, nil where they never are.
  private func settlesUntilGroups(classes: Int, terms: FlowTerms = FlowTerms()) -> Int? {
    var system = FluidSystem(layers: terms.layer + 1)
    _ = system.addLink(capacity: 1e9)
    for _ in 0..<classes { _ = system.addClass(path: [0], terms: terms) }
    for index in 0..<classes {
      _ = system.start(flowClass: index, bits: 1000 + Double(index), at: 0)
    }
    system.settle()
    var settles = 0
    while let next = system.nextFinish {
      while system.popFinished(by: next) != nil {}
      system.settle()
      settles += 1
      if system.isGrouped { return settles }
    }
    return nil
  }

  @Test func fewClassesStayByThemselves() {
    #expect(settlesUntilGroups(classes: 50) == nil)
    #expect(settlesUntilGroups(classes: 200) == nil)
  }

  @Test func manyThatAllMoveGoTogetherSoon() {
    let settles = settlesUntilGroups(classes: 3000)
    #expect(settles != nil && settles ?? 0 < 100)
  }

  @Test func anyTermsGoTogether() {
    let all = [
      FlowTerms(layer: 1), FlowTerms(ceiling: 1e8), FlowTerms(floor: 1e3),
      FlowTerms(weight: 2, floor: 1e3, ceiling: 1e7),
    ]
    for terms in all {
      #expect(settlesUntilGroups(classes: 3000, terms: terms) != nil)
    }
  }

  @Test func newTermsCountInGroups() {
    var system = grouped()
    system.setTerms(ofClass: 0, weight: 2, ceiling: 1e9, yield: 1, at: 1)
    system.settle()
    expect(system.isGrouped, true)
    // 10 flows on 1e9 bit/s, one of them with twice the weight of the others.
    expect(system.rate(ofClass: 0), 2e9 / 11, within: 1)
    expect(system.rate(ofClass: 9), 1e9 / 11, within: 1)
    // It had 0.1 bit in the first nanosecond, and has 0.18 a nanosecond from then on.
    expect(system.bitsLeft(ofNextIn: 0, at: 12), 1000 - 0.1 - 2, within: 1e-9)
    // Its ceiling is its floor, and half of what comes through is of use.
    system.setTerms(ofClass: 0, weight: 2, floor: 1e8, ceiling: 1e8, yield: 0.5, at: 12)
    expect(system.isGrouped, false)
    system.settle()
    expect(system.isGrouped, true)
    expect(system.rate(ofClass: 0), 5e7, within: 1e-3)
    expect(system.rate(ofClass: 9), 1e8, within: 1e-3)
  }

  /// A ratio of floor and weight that was not there when groups were formed has them formed anew; of
  /// more than 16 there are none.
  @Test func moreRatiosThanGroupsCanHaveEndThem() {
    var system = grouped()
    for index in 0..<20 {
      _ = system.addClass(path: [0], terms: FlowTerms(floor: 1e6 * Double(index + 1)))
      expect(system.isGrouped, false)
      _ = system.start(flowClass: 10 + index, bits: 1000, at: 0)
      system.settle()
      _ = system.start(flowClass: 10 + index, bits: 1000, at: 0)
      system.settle()
      expect(system.isGrouped, index < 15)
    }
    // 210e6 of 1e9 twice over are floors; 50 flows share the rest.
    expect(system.rate(ofClass: 29), 20e6 + 580e6 / 50, within: 1e-3)
  }

  /// Whoever asks which rates have changed hears of all of them, in groups and on the way out of them.
  @Test func changedRatesAreTold() {
    var system = grouped()
    _ = system.addClass(path: [0], terms: FlowTerms(ceiling: 1e7))
    _ = system.start(flowClass: 10, bits: 1e6, at: 0)
    system.settle()
    var changed: [Int32] = []
    let areKnown = [
      system.takeChangedRates(into: &changed), system.takeChangedRates(into: &changed),
    ]
    #expect(areKnown == [false, true] && changed.isEmpty)
    system.setTerms(ofClass: 10, weight: 1, ceiling: 2e7, yield: 1, at: 1)
    system.settle()
    expect(system.isGrouped, true)
    _ = system.takeChangedRates(into: &changed)
    #expect(Set(changed) == Set(0..<11))
    system.setTerms(ofClass: 10, weight: 1, ceiling: 3e7, yield: 1, at: 2)
    system.setTerms(ofClass: 9, weight: 1, floor: 1e6, ceiling: 1e18, yield: 1, at: 2)
    expect(system.isGrouped, false)
    system.settle()
    _ = system.takeChangedRates(into: &changed)
    #expect(Set(changed) == Set(0..<11))
    // A class without flows has no rate.
    _ = system.withdraw(flowClass: 10, at: 3)
    system.settle()
    expect(system.rate(ofClass: 10), 0, within: 1e-300)
  }

  /// The clocks count from a later origin, also of a link that was added since links were last shared.
  @Test func theOriginMovesWithLinksThatAreNew() {
    var system = grouped()
    for link in 1..<200 {
      _ = system.addLink(capacity: 1e9)
      _ = system.addClass(path: [link], terms: FlowTerms(ceiling: 1e18))
    }
    _ = system.withdraw(flowClass: 0, at: 10)
    let late: Int64 = 1 << 51
    _ = system.start(flowClass: 100, bits: 1000, at: late)
    system.settle()
    expect(system.rate(ofClass: 100), 1e9, within: 1e-3)
    let next = system.nextFinish
    #expect(next != nil)
  }

  @Test func anyNumberOfCeilingsGoesTogether() {
    var system = grouped()
    for index in 0..<80 {
      _ = system.addClass(path: [0], terms: FlowTerms(ceiling: 1e7 + Double(index)))
    }
    _ = system.start(flowClass: 89, bits: 1000, at: 1)
    system.settle()
    expect(system.isGrouped, true)
    expect(system.rate(ofClass: 89), (1e7 + 79), within: 1e-3)
    expect(system.rate(ofClass: 0), (1e9 - 1e7 - 79) / 10, within: 1e-3)
  }

  /// `#expect` itself cannot look into what is never copied.
  private func expect(_ isGrouped: Bool, _ expected: Bool) {
    #expect(isGrouped == expected)
  }

  private func expect(_ value: Double, _ expected: Double, within most: Double) {
    #expect(abs(value - expected) < most)
  }

  /// Ten flows on a link of 1e9 bit/s, each of a class of its own, in groups.
  private func grouped() -> FluidSystem {
    var system = FluidSystem()
    system.choice.forced = .groups
    _ = system.addLink(capacity: 1e9)
    for _ in 0..<10 { _ = system.addClass(path: [0], terms: FlowTerms(ceiling: 1e18)) }
    for index in 0..<10 { _ = system.start(flowClass: index, bits: 1000, at: 0) }
    system.settle()
    expect(system.isGrouped, true)
    return system
  }

  @Test func wayBackWhereGroupsDoNotPay() {
    var choice = GroupChoice()
    var settles = 0
    // 300 classes on 900 places, of which an event costs 20 us one by one.
    while !choice.groupsPay(work: 20_000, changes: 1, active: 300, places: 900) { settles += 1 }
    #expect(settles > 0)
    // As groups it costs 30 us.
    var events = 0
    while !choice.classesPay(work: 30_000, changes: 1, active: 300, places: 900) { events += 1 }
    #expect(events > 0)
    // The next time it takes longer to try.
    var later = 0
    while !choice.groupsPay(work: 20_000, changes: 1, active: 300, places: 900) { later += 1 }
    #expect(later > settles)
  }

  /// 200,000 classes on 400,000 places, of which an event that ends 26 flows costs 44 us more than as
  /// groups: what the change costs is lost after 2,700 such events, and won by the time all have ended.
  @Test func whatLiesAheadIsReasonEnough() {
    var choice = GroupChoice()
    var events = 1
    while !choice.groupsPay(work: 122_000, changes: 26, active: 200_000, places: 400_000) {
      events += 1
    }
    #expect(events < 300)
    // Where few are left to end, only what is lost counts.
    var late = GroupChoice()
    var waited = 1
    while !late.groupsPay(work: 122_000, changes: 26, active: 300, places: 400_000) { waited += 1 }
    #expect(waited > 2000)
  }

  @Test func oneDenseSolveTellsNothingOfWhatIsToCome() {
    var choice = GroupChoice()
    // It visits each place twice.
    let first = choice.groupsPay(work: 4_800_000, changes: 1, active: 100_000, places: 400_000)
    #expect(!first)
    for _ in 0..<1000 {
      let pays = choice.groupsPay(work: 10_000, changes: 26, active: 100_000, places: 400_000)
      #expect(!pays)
    }
  }

  @Test func aBatchThatMovesAllIsNoReason() {
    var choice = GroupChoice()
    for _ in 0..<1000 {
      let pays = choice.groupsPay(work: 400_000, changes: 1000, active: 5000, places: 20_000)
      #expect(!pays)
    }
  }
}
