// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import NetworkModel
import Results
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Bits sent are bits delivered and bits still to come: per flow, per link and per run.
@Suite struct ConservationTests {
  /// What a run says of its flows and links at its horizon.
  private struct Ledger {
    /// Bits left of each flow that is in progress.
    var left: [String: Double] = [:]
    /// Bits that each link has carried.
    var carried: [Double] = []
    var bytesStarted = 0.0
    var bytesDelivered = 0.0
    var bytesLeft = 0.0

    init(_ model: Model) throws {
      let run = try Run(model)
      while try run.advance(instants: 7) {}
      run.world.fluid.flush(to: run.horizon.nanoseconds)
      let records = run.world.flows
      let names = run.world.names
      var left: [String: Double] = [:]
      run.world.fluid.forEachRunningFlow {
        left[names.text(of: records[$0.slot].name)] = $0.bitsLeft
      }
      for waiting in run.world.flows.stillWaiting {
        left[names.text(of: waiting.record.name)] = waiting.record.bytes * 8
      }
      self.left = left
      for link in model.topology.links.indices {
        carried.append(run.world.fluid.carriedBits(of: link))
      }
      let rows = try run.finish().summary.rows
      let values = Dictionary(uniqueKeysWithValues: rows.map { ($0.metric, $0.value) })
      bytesStarted = values["bytes_started"] ?? .nan
      bytesDelivered = values["bytes_delivered"] ?? .nan
      bytesLeft = values["bytes_left"] ?? .nan
    }
  }

  @Test(arguments: 0..<16)
  func everyBitIsSomewhere(seed: Int) throws {
    var random = RandomStream(seed: UInt64(seed), name: "horizon")
    let horizon = Int64.random(in: 1..<RandomWorld.busyTime, using: &random)
    var sketch = RandomWorld(seed: seed, isDisturbed: true).sketch
    sketch.duration = SimDuration(nanoseconds: horizon)
    let ledger = try Ledger(sketch.model)

    // What each flow has sent, by the plain simulator; what has not arrived has sent nothing.
    var reference = ReferenceRun(sketch.model)
    reference.run(until: Double(horizon))
    var carried = ledger.carried.map { _ in 0.0 }
    var sent = 0.0
    for flow in reference.flows {
      let left = ledger.left[flow.name] ?? (flow.finish == nil ? flow.bits : 0)
      // 5 ns at 1e11 bit/s is 500 bits: how far instants may be apart within their nanosecond.
      #expect(abs(left - flow.bitsLeft) <= 500, "\(flow.name): \(left), not \(flow.bitsLeft)")
      for link in flow.path { carried[link] += flow.bits - left }
      sent += flow.bits - left
    }

    // Within the run's own books there is no such allowance: only rounding.
    for link in carried.indices {
      #expect(abs(ledger.carried[link] - carried[link]) <= 1e-9 * max(1, carried[link]))
    }
    #expect(abs(ledger.bytesDelivered * 8 - sent) <= 1e-9 * sent)
    let balance = ledger.bytesStarted - ledger.bytesDelivered - ledger.bytesLeft
    #expect(abs(balance) <= 1e-9 * ledger.bytesStarted)
  }

  @Test func samplesOfALinkAddUpToWhatItCarried() throws {
    // Without a horizon all flows finish: each link carried all the bits of all that cross it.
    var sketch = RandomWorld(seed: 5, isDisturbed: false).sketch
    sketch.outputs = Outputs(kinds: [.links], sampleEvery: SimDuration(nanoseconds: 10_000))
    let run = try CompletedRun(sketch.model)
    #expect(run.outcome.unfinishedFlows == 0)
    for (index, link) in sketch.topology.links.enumerated() {
      var before = 0.0
      var carried = 0.0
      for row in run.links where row.link == link.name {
        #expect(row.capacity <= link.capacity.value * (1 + 1e-9))
        carried += row.rate * (row.time - before)
        before = row.time
      }
      let crossing = sketch.flows.filter {
        sketch.routes[$0.route].links.contains { $0.index == index }
      }
      let bits = crossing.reduce(0) { $0 + $1.bytes.bits }
      #expect(abs(carried - bits) <= 1e-9 * bits)
    }
  }
}
