// SPDX-License-Identifier: GPL-3.0-or-later
import Planning
import Scenario
import Simulator
import Testing

/// What is summed up without a simulation, beside what simulations say.
@Suite struct ScreeningTests {
  /// Two full links in a row, one of them shared, and a way around.
  private static let demands = """
    scenario: demands
    duration: 2 h
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 1 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 6 Gbps, delay: 1 ms, two_way: true}
        - {name: ad, from: a, to: d, capacity: 4 Gbps, delay: 5 ms, two_way: true}
        - {name: dc, from: d, to: c, capacity: 9 Gbps, delay: 5 ms, two_way: true}
    classes:
      - {name: streams, on_failure: move}
      - {name: still}
    traffic:
      - demand: {name: ac, from: a, to: c, rate: 8 Gbps}
        class: streams
      - demand: {name: ab, from: a, to: b, rate: 4 Gbps}
        class: streams
      - demand: {name: bc, from: b, to: c, rate: 1 Gbps}
        class: still
      - demand: {name: abc, rate: 5 Gbps, path: [ab, bc]}
        class: still
    """

  @Test func demandsLoseWhatTheyLoseInARun() throws {
    let sample = try PlanSample(Self.demands)
    let screening = Screening(try sample.scenario().load().model)
    let share = screening.base.shortfalls[0].total / screening.offered[0].reduce(0, +)
    #expect(share > 0.1)
    #expect(abs(share - (try sample.metric("demand_loss"))) < 1e-3)
  }

  @Test(arguments: ["ab", "bc", "ad", "dc"])
  func failuresLoseWhatTheyLoseInARun(link: String) throws {
    let sample = try PlanSample(Self.demands)
    let model = try sample.scenario().load().model
    let screening = Screening(model)
    let failure = try #require(Failure.all(.single, of: model).first { $0.name == link })
    let state = screening.state(under: failure)
    let share = state.shortfalls[0].total / screening.offered[0].reduce(0, +)
    let simulated = try sample.metric("demand_loss", ["events=[{at: 0 s, fail: \(link)}]"])
    #expect(abs(share - simulated) < 2e-3, "\(share) beside \(simulated)")
  }

  @Test func tokensAreRefusedAsInARun() throws {
    let sample = try PlanSample(
      """
      scenario: tokens
      duration: 24 h
      network: {use: national}
      light: {each_fibre: {channels: 20}}
      classes: [{name: tokens, on_failure: move}]
      traffic:
        - tokens: {total: 330e12 tokens/day, inference_share: 70 %}
          class: tokens
      outputs: [summary]
      """)
    let screening = Screening(try sample.scenario().load().model)
    let refused = zip(screening.base.tokensRefused, screening.hours.seconds).reduce(0) {
      $0 + $1.0 * $1.1
    }
    let simulated = try sample.metric("tokens_refused")
    #expect(simulated > 1e12)
    #expect(abs(refused - simulated) < 1e-6 * simulated)
  }

  @Test func allThatIsOfferedIsCarriedOrNot() throws {
    let sample = try PlanSample(Self.demands)
    let model = try sample.scenario().load().model
    let screening = Screening(model)
    for failure in Failure.all(.double, of: model) {
      let state = screening.state(under: failure)
      let offered = screening.offered[0].reduce(0, +)
      #expect(state.shortfalls[0].total <= offered * (1 + 1e-9))
      #expect(state.shortfalls[0].total >= 0)
      for link in state.isDown.indices where state.isDown[link] {
        #expect(state.loads[link * state.hours.count] == 0)
      }
    }
  }
}
