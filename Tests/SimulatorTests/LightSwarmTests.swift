// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import FlowMath
import Light
import NetworkModel
import TestSupport
import Testing
import Traffic

@testable import Simulator

/// Random networks of light at work: what must hold at every instant, and once all is over.
@Suite struct LightSwarmTests {
  @Test(arguments: 0..<40)
  func nothingIsUsedTwiceOrLost(seed: Int) throws {
    let world = LightWorld(seed: seed)
    var faults: [String] = []
    var rest = Rest()
    let run = try CompletedRun(
      world.sketch.model, instants: 13, looking: { faults += LightAudit($0).faults },
      atEnd: { run in
        faults += LightAudit(run).faults
        rest = Rest(run)
      })
    #expect(faults.isEmpty, "\(faults.prefix(3))")

    // All clients have left long ago: what is lit is lit for links, and goes dark with them.
    #expect(rest.clients == 0 && rest.circuitsOfRequests == 0)
    #expect(rest.isDark)
    #expect(rest.outages == Int(run.summary("lightpaths_lost")))

    #expect(try run.rows(of: "lightpaths").count == Int(run.summary("lightpaths_lit")))
    let requests = try run.rows(of: "requests")
    #expect(requests.count == Int(run.summary("requests")))
    #expect(requests.allSatisfy { ($0["reason"] == "") == ($0["outcome"] != "blocked") })
    try checkBytes(of: run, world, rest)
  }

  /// What never happens in any of the worlds is not tested by them.
  @Test func theWorldsHaveAllThatCanHappen() throws {
    var roles: Set<String> = []
    var reasons: Set<String> = []
    var outcomes: Set<String> = []
    var events: Set<String> = []
    for seed in 0..<20 {
      let run = try CompletedRun(LightWorld(seed: seed).sketch.model)
      roles.formUnion(try run.rows(of: "lightpaths").compactMap { $0["role"] })
      let requests = try run.rows(of: "requests")
      reasons.formUnion(requests.compactMap { $0["reason"] })
      outcomes.formUnion(requests.compactMap { $0["outcome"] })
      events.formUnion(try run.rows(of: "events").compactMap { $0["event"] })
    }
    #expect(roles == ["working", "standby", "ring", "restored"])
    #expect(reasons == Set(BlockReason.allCases.map(\.rawValue) + [""]))
    #expect(outcomes == ["lit", "groomed", "blocked"])
    // Reservations are of transfers, floors and refusals of elastic flows: both have tests of their own.
    let ofLight = EventsTable.Kind.allCases.filter {
      !$0.rawValue.hasPrefix("reservation") && !$0.rawValue.hasPrefix("floor") && $0 != .flowRefused
    }
    #expect(events == Set(ofLight.map(\.rawValue)))
  }

  private func checkBytes(of run: CompletedRun, _ world: LightWorld, _ rest: Rest) throws {
    let started = run.summary("bytes_started")
    let parts = ["bytes_delivered", "bytes_left", "bytes_broken"].map { run.summary($0) }
    #expect(abs(started - parts.reduce(0, +)) <= 1e-9 * started)
    // Every flow crosses one link, but for those that take a detour.
    if run.summary("flows_moved") == 0 {
      #expect(abs(rest.bitsCarried - 8 * parts[0]) <= 1e-9 * max(1, rest.bitsCarried))
    }
    for (index, trafficClass) in world.sketch.classes.enumerated() {
      let offered = world.sketch.flows.filter { $0.trafficClass == index }
      let told = run.flows.filter { $0.trafficClass == trafficClass.name }
      #expect(Set(told.map(\.name)) == Set(offered.map(\.name)) && told.count == offered.count)
      let bytes = told.reduce(0) { $0 + $1.bytes }
      #expect(abs(bytes - offered.reduce(0) { $0 + $1.bytes.value }) <= 1e-9 * bytes)
    }
  }

  /// What a run leaves behind at its horizon.
  private struct Rest {
    var clients = -1
    var circuitsOfRequests = -1
    var bitsCarried = 0.0
    /// Of all circuits that there were.
    var outages = 0
    var isDark = false

    init() {}

    init(_ run: Run) {
      run.world.fluid.flush(to: run.horizon.nanoseconds)
      bitsCarried = run.world.model.topology.links.indices.reduce(0) {
        $0 + run.world.fluid.carriedBits(of: $1)
      }
      var light = run.light.light
      // A circuit is booked once it is torn down.
      let open = light.circuits.positions.map { light.circuits[$0] }
        .filter { $0.state != .tearingDown }
      outages =
        run.light.services.links.reduce(0) { $0 + $1.outages } + run.light.services.requests.outages
        + open.reduce(0) { $0 + Int($1.outages) }
      clients = light.clients.count
      circuitsOfRequests = light.circuits.positions.count { light.circuits[$0].isForClients }
      for index in light.circuits.positions { light.darken(index) }
      let rows = 0..<light.spectrum.rows
      isDark =
        light.lightpaths.count == 0 && light.ringSpectrum.isEmpty && light.segments.isEmpty
        && light.openCount == 0
        && rows.allSatisfy { light.spectrum.used(inRow: $0) == light.slotsKept(inRow: Int32($0)) }
    }
  }
}
