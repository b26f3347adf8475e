// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Testing
import Traffic

@testable import Simulator

/// Jobs over sites where something is in the way: loss, other flows, links that fail.
@Suite struct SpanTroubleTests {
  private func exposed(_ transport: Transport.Kind, km: Double, loss: Double) throws -> Double {
    var sketch = try SpanSketch(
      hosts: [4, 4], delay_ns: Int64(km * 4_900), loss: loss, buffer: 1e9)
    sketch.classes = [TrafficClass(name: "between", transport: Transport(transport))]
    sketch.loss = LossModel(isOn: true)
    sketch.reduce(4e9, compute_ns: [1_000_000_000, 1_000_000_000])
    return try sketch.outcome().exposedSeconds
  }

  /// Go-back-N brings (1 - p) / (1 - p + p W) of what it sends, W packets a round trip.
  @Test func goBackNCollapsesWithDistance() throws {
    let near = try exposed(.goBackN, km: 10, loss: 1e-4)
    let far = try exposed(.goBackN, km: 2000, loss: 1e-4)
    #expect(far > 2 * near)
    // Without loss the exchange takes 0.32 s and the rest is delay.
    let clean = try exposed(.goBackN, km: 2000, loss: 0)
    #expect(abs(clean - near) < 0.05)
    let window = 25e9 * 2 * 2000 * 4.9e-6 / (4096 * 8)
    let goodput = (1 - 1e-4) / (1 - 1e-4 + 1e-4 * window)
    let sending = 4e9 * 8 / 100e9
    #expect(abs((far - (clean - sending)) / (sending / goodput) - 1) < 0.02)
  }

  /// A buffer of a gigabyte is more than a round trip holds: nothing but the delay is added.
  @Test func losslessDoesNot() throws {
    let near = try exposed(.losslessCredit, km: 10, loss: 0)
    let far = try exposed(.losslessCredit, km: 2000, loss: 0)
    #expect(abs(far - near - 2 * 1990 * 4.9e-6) < 1e-6)
  }

  /// A flow on the long link takes half of it from one connection each way.
  @Test func flowsAreMetOnTheLongLink() throws {
    var sketch = try SpanSketch(hosts: [1 + 1, 2])
    sketch.reduce(1e9, iterations: 20, compute_ns: [10_000_000, 10_000_000])
    let alone = try sketch.outcome()
    sketch.routes = [Route(source: nil, target: nil, links: [sketch.link("long0")])]
    sketch.traffic = [
      .listed([
        ListedFlow(
          name: "x", start: SimTime(nanoseconds: 500_000_000), bytes: Bytes(1e9), route: 0,
          trafficClass: 0)
      ])
    ]
    let met = try sketch.outcome()
    #expect(alone.iterationsSimulated == 1)
    #expect((2..<20).contains(met.iterationsSimulated))
    // The flow's bits come before the end at most, and half of its time alone at least.
    let delayed = (met.end - alone.end).seconds
    #expect(delayed > 0.02 && delayed <= 0.08 + 1e-6)
  }

  /// Three sites in a ring: with its link down a hop goes round the other way.
  @Test(arguments: [FailureResponse.wait, .move])
  func aFailureIsWaitedForOrGoneRound(response: FailureResponse) throws {
    var sketch = try SpanSketch(hosts: [2, 2, 2])
    sketch.classes = [
      TrafficClass(
        name: "between", onFailure: response, patience: SimDuration(nanoseconds: 50_000_000))
    ]
    sketch.reduce(6e9, compute_ns: [0, 0, 0])
    let whole = try sketch.outcome().iterationSeconds
    let ends = [sketch.link("long0"), sketch.link("long0:back")]
    sketch.changes = [
      LinkChange(time: SimTime(nanoseconds: 300_000_000), links: ends, kind: .fail),
      LinkChange(time: SimTime(nanoseconds: 5_300_000_000), links: ends, kind: .repair),
    ]
    let outcome = try sketch.outcome()
    #expect(outcome.finished != nil)
    #expect(abs(outcome.bytesBetweenSites / (3 * 4 * 2e9) - 1) < 1e-9)
    switch response {
    case .wait: #expect(abs(outcome.iterationSeconds - whole - 5) < 1e-6)
    default:
      // The detour is shared with nobody: the other hops go the other way round.
      #expect(abs(outcome.iterationSeconds - whole - 0.05) < 1e-6)
    }
  }

  /// One fabric of all hosts has no long link; unlike sites add up what they do alone.
  @Test func oneSiteIsWorkedOutByARunOfItsOwn() throws {
    var sketch = try SpanSketch(hosts: [4, 2])
    sketch.reduce(8e9, compute_ns: [700_000_000, 700_000_000])
    func alone(_ hosts: Int, share: Double) -> OneSiteJob {
      var design = sketch.fabrics[0].design
      (design.hosts, design.nicsPerLeaf) = (hosts, hosts)
      let reduction = Collective(.allReduce, ranks: hosts, bytes: 8e9)
      let job = TrainingJob(
        name: "alone", gpus: hosts, compute: SimDuration(nanoseconds: 700_000_000),
        gradients: [JobExchange(.gradients, reduction)])
      return OneSiteJob(job, on: design, .spray, share: share)
    }
    func seconds(_ hosts: Int) -> Double {
      0.7
        + Collective(.allReduce, ranks: hosts, bytes: 8e9).seconds(
          alpha: 1e-6, bytesPerSecond: SpanSketch.card / 8)
    }
    sketch.oneSite = [alone(6, share: 1)]
    let whole = try sketch.outcome()
    #expect(abs(whole.oneSiteSeconds / seconds(6) - 1) < 1e-6)
    #expect(abs(whole.efficiency * whole.iterationSeconds / seconds(6) - 1) < 1e-6)
    sketch.oneSite = [alone(4, share: 2 / 3), alone(2, share: 1 / 3)]
    let sum = 1 / (2 / 3 / seconds(4) + 1 / 3 / seconds(2))
    #expect(abs(try sketch.outcome().oneSiteSeconds / sum - 1) < 1e-6)
  }
}
