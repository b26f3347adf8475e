// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

extension World {
  mutating func drawNetwork() {
    if isNational {
      network["use"] = .text("national")
      nodes = ["Beijing", "Shanghai", "Guangzhou", "Chengdu"]
      light["each_fibre"] = Section(["channels": .number(draw.int(1...3))]).node
      return
    }
    nodes = (0..<draw.int(isLit ? 4...7 : 2...7)).map { "n\($0)q" }
    network["nodes"] = .names(nodes)
    if isLit {
      drawFibres()
      drawLight()
    } else {
      drawLinks()
    }
    if mood != .ideal { network["port"] = port(isStandard: true) }
    if draw.chance(0.3) { drawFabrics() }
  }

  /// A tree that joins all nodes, some links more, and links that only paths name.
  private mutating func drawLinks() {
    var all: [Node] = []
    for index in nodes.indices.dropFirst() {
      all.append(link(from: nodes[draw.int(0...index - 1)], to: nodes[index], isTwoWay: true))
    }
    for _ in 0..<draw.int(0...nodes.count) where nodes.count > 2 {
      let (from, to) = draw.two(of: nodes)
      all.append(link(from: from, to: to, isTwoWay: draw.chance(0.8)))
    }
    for _ in 0..<draw.int(0...2) {
      let name = name("p")
      loose.append(name)
      all.append(
        Section([
          "name": .text(name), "capacity": .rate(rate * draw.pick([0.2, 1, 3])),
          "delay": .time(draw.pick([0, 1e-6, 1e-3])),
        ]).node)
    }
    network["links"] = .list(all)
  }

  private mutating func link(from: String, to: String, isTwoWay: Bool) -> Node {
    let name = name("l")
    var section = Section([
      "name": .text(name), "from": .text(from), "to": .text(to),
      "capacity": .rate(rate * draw.pick([0.3, 1, 1, 2.5])),
    ])
    // No two routes are alike, so that there is one shortest.
    section["delay"] = .text("\(draw.int(1...(mood == .lossless ? 1000 : 20_000))) us")
    if isTwoWay {
      section["two_way"] = .bool(true)
      links.append(name)
    }
    if mood != .ideal, draw.chance(0.5) { section["port"] = port(isStandard: false) }
    if draw.chance(0.3) { section["kind"] = .text(draw.pick(World.kinds)) }
    return section.node
  }

  static let kinds = ["backbone", "local", "fabric", "access"]

  private mutating func port(isStandard: Bool) -> Node {
    if mood == .lossless || draw.chance(0.2) { return .text("deep-buffer") }
    var section = Section()
    if draw.chance(0.3) { section["preset"] = .text(draw.pick(["shallow-buffer", "deep-buffer"])) }
    if draw.chance(0.7) { section["buffer"] = .size(draw.pick([1500, 15_000, 2e6, 333e6])) }
    if draw.chance(0.4) { section["packet_variation"] = .number(draw.pick([0, 0.5, 1, 3])) }
    if draw.chance(0.3) {
      section["signal"] = .text("mark")
      section["mark_at"] = .share(draw.pick([0.1, 0.5]))
    }
    if draw.chance(0.2) { section["loss"] = .number(draw.pick([1e-7, 1e-4, 0.02])) }
    if section.isEmpty { section["packet"] = .size(1000) }
    return section.node
  }
}

extension Node {
  /// The elements of a list; none of anything else.
  var elements: [Node] {
    if case .sequence(let elements) = content { return elements }
    return []
  }
}
