// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Light
import NetworkModel
import TestSupport
import Testing

@testable import Simulator

/// Every fibre of the national backbone, cut by itself while flows run.
@Suite struct FibreCutTests {
  private static let second: Int64 = 1_000_000_000
  private static let cut = 2 * second
  private static let mended = 6 * second

  /// A link half way round each ring of the backbone, and a flow of 10 s on each.
  private static func backbone(_ protection: Protection) -> LightSketch {
    let placed = NationalNetwork().placedPlant(withLocalRings: false)
    var sketch = LightSketch()
    for site in placed.sites { _ = sketch.node(site.name) }
    sketch.light.plant = placed.plant
    sketch.light.rating = .byLength([
      ReachStep(upTo: Kilometres(.infinity), carries: .rate(BitsPerSecond(400e9)))
    ])
    sketch.light.switching.ring = SimDuration(nanoseconds: 30_000_000)
    sketch.light.switching.restoration = SimDuration(nanoseconds: 200_000_000)
    for (index, ring) in placed.plant.rings.enumerated() {
      let sites = placed.plant.sites(ofRing: index) ?? []
      let link = sketch.link(
        ring.name, placed.sites[Int(sites[0].index)].name,
        placed.sites[Int(sites[sites.count / 2].index)].name, channels: 1, protection: protection,
        ring: protection == .ring ? index : nil)
      sketch.flow(ring.name, at: 0, bytes: 500e9, over: [link])
    }
    sketch.outputs = Outputs(kinds: [.flows, .events])
    return sketch
  }

  /// The links whose working light goes through a fibre.
  private func links(over fibre: Int, of model: Model) -> Set<String> {
    let light = model.lit
    let crossing = model.light.links.indices.filter { link in
      light.linkCircuits[link].contains { circuit in
        let path = light.lightpaths[light.circuits[circuit].working].path
        return light.candidates.path(path).fibres.contains(FibreID(index: fibre))
      }
    }
    return Set(crossing.map { model.light.links[$0].name })
  }

  @Test(arguments: [
    (Protection.none, mended - cut), (.onePlusOne, 50_000_000), (.ring, 30_000_000),
    (.restoration, 200_000_000),
  ])
  func flowsLoseWhatTheirProtectionTakes(protection: Protection, loss: Int64) throws {
    var model = Self.backbone(protection).model
    let whole = try CompletedRun(model)
    #expect(whole.finishes.count == model.light.links.count)
    var hits = 0
    for fibre in model.light.plant.fibres.indices {
      let id = FibreID(index: fibre)
      model.light.faults = [
        FibreFault(time: SimTime(nanoseconds: Self.cut), kind: .cut(id)),
        FibreFault(time: SimTime(nanoseconds: Self.mended), kind: .mend(id)),
      ]
      let run = try CompletedRun(model)
      let hit = links(over: fibre, of: model)
      hits += hit.count
      for (flow, finish) in run.finishes {
        let expected = (whole.finishes[flow] ?? 0) + (hit.contains(flow) ? loss : 0)
        #expect(abs(finish - expected) <= 1, "\(flow) with fibre \(fibre) cut")
      }
      #expect(run.finishes.count == whole.finishes.count)
      #expect(run.summary("bytes_delivered") == run.summary("bytes_started"))

      // Those that wait for longer than their patience of 100 ms are told by name.
      let told = try run.rows(of: "events").filter { $0["event"] == "flow-strands" }
      #expect(Set(told.compactMap { $0["subject"] }) == (loss > 100_000_000 ? hit : []))
      #expect(told.count == (loss > 100_000_000 ? hit.count : 0))
    }
    // Each working route has been cut once at each of its fibres.
    let light = model.lit
    let hops = light.circuits.positions.map { circuit in
      light.candidates.path(light.lightpaths[light.circuits[circuit].working].path).hops
    }
    #expect(hits == hops.reduce(0, +) && hits > 20)
  }

  @Test func aCutThatIsNeverMendedLosesNothingWhereLightHasAnotherWay() throws {
    var model = Self.backbone(.onePlusOne).model
    let whole = try CompletedRun(model)
    #expect(!whole.finishes.isEmpty)
    for fibre in model.light.plant.fibres.indices where !links(over: fibre, of: model).isEmpty {
      model.light.faults = [
        FibreFault(
          time: SimTime(nanoseconds: Self.cut), kind: .cut(FibreID(index: fibre)))
      ]
      let run = try CompletedRun(model)
      for (flow, finish) in whole.finishes {
        let late = (run.finishes[flow] ?? .max) - finish
        #expect((0...50_000_001).contains(late), "\(flow) with fibre \(fibre) cut: \(late) ns")
      }
    }
  }
}
