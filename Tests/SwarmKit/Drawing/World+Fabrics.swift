// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

extension World {
  mutating func drawFabrics() {
    var all: [Node] = []
    for _ in 0..<draw.int(1...2) {
      let name = name("fab")
      let hosts = draw.pick([4, 8])
      var section = Section([
        "name": .text(name), "hosts": .number(hosts), "gpus_per_host": .number(4),
        "nics_per_host": .number(4), "nic": .text(draw.pick(["100 Gbps", "400 Gbps"])),
        "nics_per_leaf": .number(draw.pick([8, 16])),
      ])
      let type = draw.pick(["H100", "A800", "Ascend 910B"])
      section["accelerator"] = .text(type)
      drawSpreading(&section)
      let hasRails = draw.chance(0.4)
      if hasRails { section["rail_optimised"] = .bool(true) }
      drawTiers(of: name, &section, mayHavePods: !hasRails)
      if draw.chance(0.2) { section["interconnect"] = interconnect() }
      let hasExit = draw.chance(0.7)
      if hasExit { section["exit"] = exit() }
      fabrics.append(
        FabricFacts(name: name, hosts: hosts, perHost: 4, hasExit: hasExit, type: type))
      all.append(section.node)
    }
    network["fabrics"] = .list(all)
  }

  private mutating func drawSpreading(_ section: inout Section) {
    section["balancing"] = .text(draw.pick(["ecmp", "flowlet", "spray", "intelligent"]))
    if draw.chance(0.3) { section["queue_pairs"] = .number(draw.int(1...4)) }
    if draw.chance(0.2) { section["flowlets"] = .number(draw.int(1...6)) }
  }

  private mutating func drawTiers(of name: String, _ section: inout Section, mayHavePods: Bool) {
    if mayHavePods, draw.chance(0.3) {
      section["pods"] = Section(["leaves": .number(2), "cores_per_spine": .number(2)]).node
    } else if draw.chance(0.3) {
      section["oversubscription"] = .number(2)
    } else if draw.chance(0.3) {
      section["spines"] = .number(draw.int(2...4))
      if draw.chance(0.3) { section["failed"] = .names(["\(name)/leaf0-spine1"]) }
    }
    if section["oversubscription"] == nil, draw.chance(0.2) {
      section["uplink"] = .text(draw.pick(["100 Gbps", "800 Gbps"]))
    }
    if draw.chance(0.2) { section["delay"] = .text("2 us") }
  }

  private mutating func interconnect() -> Node {
    draw.chance(0.5)
      ? .text("1.6 Tbps") : Section(["rate": .text("3.2 Tbps"), "delay": .text("1 us")]).node
  }

  private mutating func exit() -> Node {
    var section = Section(["node": .text(draw.pick(nodes))])
    switch draw.int(0...2) {
    case 0: section["rate"] = .text("200 Gbps")
    case 1: section["convergence"] = .number(8)
    default: break
    }
    return section.node
  }

  // MARK: - What crosses fabrics beside jobs

  /// A card of a fabric.
  private mutating func card(_ fabric: FabricFacts) -> String {
    "\(fabric.name)/h\(draw.int(0...fabric.hosts - 1))n\(draw.int(0...3))"
  }

  /// Two cards of different hosts.
  private mutating func cards() -> (String, String) {
    let fabric = draw.pick(fabrics)
    let hosts = draw.two(of: Array(0..<fabric.hosts))
    let numbers = (draw.int(0...3), draw.int(0...3))
    return ("\(fabric.name)/h\(hosts.0)n\(numbers.0)", "\(fabric.name)/h\(hosts.1)n\(numbers.1)")
  }

  /// Sources of flows and of rates between cards; sizes are those of a fabric's speed.
  mutating func drawFabricTraffic() {
    let size = 1e11 / 8 * duration / 500
    if draw.chance(0.5) {
      let flows = (0..<draw.int(1...12)).map { _ -> Node in
        let (from, to) = cards()
        var section = Section([
          "flow": .text(name("card")), "from": .text(from), "to": .text(to),
          "size": .size(size * draw.scale(0.01, 10)),
        ])
        if draw.chance(0.8) { section["start"] = time(0.001, 0.9) }
        return section.node
      }
      traffic.append(Section(["flows": .list(flows)]).node)
    }
    if draw.chance(0.3) { traffic.append(Section(["generate": generatedOnFabric(size)]).node) }
    if mood != .ideal, draw.chance(0.2) {
      traffic.append(Section(["demand": demandOnFabric()]).node)
    }
  }

  private mutating func generatedOnFabric(_ size: Double) -> Node {
    let flows = draw.int(10...60)
    var section = Section(["name": .text(name("gf"))])
    section["arrivals"] = Section(["poisson": .text("\(Double(flows) / duration * 3600) /h")]).node
    section["sizes"] = Section(["exponential": .size(size)]).node
    let pairs = (0..<draw.int(1...4)).map { _ -> Node in
      let (from, to) = cards()
      return Section(["from": .text(from), "to": .text(to)]).node
    }
    section["pairs"] = .list(pairs)
    section["count"] = .number(flows)
    return section.node
  }

  private mutating func demandOnFabric() -> Node {
    let (from, to) = cards()
    return Section([
      "name": .text(name("df")), "rate": .text("\(draw.int(1...90)) Gbps"), "from": .text(from),
      "to": .text(to),
    ]).node
  }
}
