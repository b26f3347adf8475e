// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

// Training jobs over two pools, on the fabrics of a scenario.

extension World {
  /// Draws them now and then where there are two fabrics with exits, from chance of their own.
  mutating func drawTeams() {
    let before = draw
    defer { draw = before }
    draw = Draw(seed: seed, name: "swarm-teams")
    let exits = fabrics.filter(\.hasExit)
    // By rounds there are no queues. What is dark at the start may have no route.
    guard exits.count == 2, draw.chance(0.6), !isLit || isNational,
      root["placement"]?.value("rounds") == nil
    else { return }
    if root["pools"] == nil { beginPools() }
    var parts: [Node] = []
    for fabric in exits {
      let name = name("pool")
      let count = fabric.hosts * fabric.perHost
      add(
        Section([
          "name": .text(name), "at": .text(draw.pick(nodes)), "accelerator": .text(fabric.type),
          "fabric": .text(fabric.name), "count": .number(count), "queue": .text("conservative"),
          // All pools of the swarm take the same, so that sums over them say what jobs took.
          "power": Section(["idle": .text("100 W"), "full": .text("700 W")]).node,
        ]).node)
      parts.append(Section(["pool": .text(name), "accelerators": .number(count / 2)]).node)
      for _ in 0..<draw.int(0...1) { addSmallJobs(on: name) }
      if draw.chance(0.3) { fail(name) }
    }
    addTeam(exits.reduce(0) { $0 + $1.hosts * $1.perHost / 2 }, over: parts)
  }

  /// Pools where there were none.
  private mutating func beginPools() {
    root["pools"] = Section(["list": .list([])]).node
    guard let outputs = root["outputs"]?.elements else { return }
    root["outputs"] = .list(outputs + ["pools", "clusters", "energy"].map { .text($0) })
  }

  private mutating func add(_ pool: Node) {
    let list = root["pools"]?.value("list")?.elements ?? []
    root["pools"] = root["pools"]?.setting(["list"], .list(list + [pool]))
  }

  private mutating func fail(_ pool: String) {
    let event = Section([
      "at": time(0.1, 0.8), "fail_pool": .text(pool), "for": time(0.01, 0.2),
    ]).node
    root["events"] = .list((root["events"]?.elements ?? []) + [event])
  }

  private mutating func addSmallJobs(on pool: String) {
    var section = Section([
      "name": .text(name("small")),
      "arrivals": Section(["poisson": .text("\(Double(draw.int(5...40)) / duration) /s")]).node,
      "accelerators": Section(["empirical": Section(["values": .numbers([1, 2, 8])]).node]).node,
      "run": Section(["exponential": time(0.005, 0.1)]).node,
      "to": Section(["pool": .text(pool)]).node,
    ])
    if draw.chance(0.5) { section["requested"] = Section(["factor": .number(2)]).node }
    traffic.append(Section(["jobs": section.node]).node)
  }

  private mutating func addTeam(_ gpus: Int, over parts: [Node]) {
    let data = gpus / 4
    let training = Section([
      "model": model(), "iterations": .number(draw.int(1...20)), "over": .list(parts),
      "plan": Section([
        "data": .number(data), "tensor": .number(4), "batch": .number(data * 4),
      ]).node,
    ])
    var section = Section([
      "name": .text(name("team")), "training": training.node,
      "arrivals": Section(["poisson": .text("\(Double(draw.int(1...10)) / duration) /s")]).node,
    ])
    if draw.chance(0.5) {
      section["checkpoint"] =
        Section(["every": time(0.002, 0.05), "takes": time(1e-4, 1e-3)]).node
    }
    traffic.append(Section(["jobs": section.node]).node)
  }
}
