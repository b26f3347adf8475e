// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Policies
internal import Scheduling

// By which path a flow crosses a fabric, where a program outside says it.

extension World {
  /// Has the programs decide that do.
  func enlistBalancing() {
    for (number, entry) in model.training.fabrics.enumerated() {
      guard let command = entry.program else { continue }
      balancersOutside[number] = programs.seam(
        "balancing", by: command, telling: fabrics(of: command))
    }
  }

  /// What a program is told of the fabrics that it decides on.
  func fabrics(of command: PolicyCommand) -> GreetingParts {
    var parts = GreetingParts()
    parts.add("fabrics") { writer in
      writer.list(model.training.fabrics.filter { $0.program == command }) { $1.add($0.fabric) }
    }
    return parts
  }

  /// Asks by which path a flow goes; where there is nothing to choose nobody is asked.
  func choice(
    for record: FlowRecord, _ path: FabricPath, by seam: OutsideSeam
  ) throws(RunError) -> Int {
    let entry = flowClasses.fabrics[Int(path.fabric)]
    let crossing = flowClasses.crossing(of: path)
    let paths = loads(of: crossing, Int(path.fabric), entry.fabric)
    guard paths.count > 1, paths.contains(where: { $0 != nil }) else { return 0 }
    let cards = flowClasses.routes[path.home.index].links
    let reply: BalancingReply = try seam.ask(at: now, parts: 1) { _ in
    } question: { writer in
      writer.member(",\"fabric\":", entry.fabric.design.name)
      writer.member(",\"flow\":", names.text(of: record.name))
      writer.raw(",\"bytes\":")
      writer.number(record.bytes)
      writer.raw(",\"cards\":")
      writer.list([cards.first, cards.last].compactMap(\.self)) {
        $1.text(model.topology.links[Int($0.index)].name)
      }
      writer.raw(",\"paths\":")
      writer.list(paths) { load, writer in
        guard let load else { return writer.raw("null") }
        writer.list([load.most, load.sum]) { $1.number(Double($0)) }
      }
    }
    return try seam.path(reply.path, among: paths.count) { paths[$0] != nil }
  }

  /// By path: the flows on its fullest link, and the sum over its links; nil where it is down.
  private func loads(
    of crossing: FabricCrossing, _ number: Int, _ fabric: Fabric
  ) -> [(most: Float, sum: Float)?] {
    (0..<fabric.choices(at: crossing.tier)).map { choice in
      var load: (most: Float, sum: Float) = (0, 0)
      var isUp = true
      fabric.forEachLink(of: crossing, choice: choice) { link in
        if links.isDown(link) { isUp = false }
        let flows = fabricLoads[number][link - fabric.firstLink]
        load = (max(load.most, flows), load.sum + flows)
      }
      return isUp ? load : nil
    }
  }
}

extension OutsideSeam {
  /// A path of an answer, held to what there is; `what` it is for ends an error.
  func path(
    _ number: Int64, among count: Int, for what: String = "", _ isUp: (Int) -> Bool
  ) throws(RunError) -> Int {
    guard let path = Int(exactly: number), (0..<count).contains(path) else {
      throw wrong("found the path \(number), expected one from 0 to \(count - 1)\(what)")
    }
    guard isUp(path) else {
      throw wrong("found the path \(path), which is down, expected one that is up\(what)")
    }
    return path
  }
}

extension MessageWriter {
  fileprivate mutating func add(_ fabric: Fabric) {
    member("{\"name\":", fabric.design.name)
    member(",\"hosts\":", Int64(fabric.design.hosts))
    member(",\"leaves\":", Int64(fabric.leafCount))
    member(",\"spines\":", Int64(fabric.spinesPerPod))
    if let pods = fabric.design.pods {
      member(",\"pod_leaves\":", Int64(pods.leaves))
      member(",\"cores\":", Int64(fabric.uplinksPerSpine))
    }
    raw("}")
  }
}
