// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

// Transfers, elastic flows, training and traces.

extension World {
  mutating func transfers() -> Node {
    .list(
      (0..<draw.int(1...5)).map { _ in
        let (from, to) = draw.two(of: nodes)
        let name = name("move")
        moves.append(name)
        var section = Section([
          "name": .text(name), "from": .text(from), "to": .text(to),
          "size": .size(typicalSize * draw.scale(0.1, 20)),
        ])
        if draw.chance(0.7) { section["start"] = time(0.05, 0.6) }
        let hasDeadline = draw.chance(0.5)
        if hasDeadline { section["deadline"] = time(0.61, 1.2) }
        for (key, value) in terms(hasDeadline: hasDeadline) { section[key] = value }
        if draw.chance(0.3) { section["class"] = .text(className()) }
        return section.node
      })
  }

  mutating func transferTerms(hasDeadline: Bool, isGenerated: Bool) -> Node {
    var section = Section()
    for (key, value) in terms(hasDeadline: hasDeadline) { section[key] = value }
    if section.isEmpty || draw.chance(0.3) { section["ahead"] = time(0.001, 0.1) }
    return section.node
  }

  private mutating func terms(hasDeadline: Bool) -> [(String, Node)] {
    guard draw.chance(0.7) else { return [] }
    hasReservations = true
    var found: [(String, Node)] = [("reserve", .bool(true))]
    var windows = hasDeadline ? ["least-rate", "earliest"] : ["earliest"]
    if draw.chance(0.5) {
      found.append(("rate", .rate(rate * draw.pick([0.05, 0.2, 1]))))
      windows.append("full-rate")
    }
    if draw.chance(0.5) { found.append(("window", .text(draw.pick(windows)))) }
    if draw.chance(0.4) { found.append(("if_refused", .text(draw.pick(["send", "drop"])))) }
    return found
  }

  // MARK: - Elastic

  mutating func elastic() -> Node {
    let flows = draw.int(10...60)
    var section = Section(["name": .text(name("el"))])
    section["arrivals"] = Section(["poisson": .text("\(Double(flows) / duration * 3600) /h")]).node
    section["sizes"] = Section(["exponential": .size(typicalSize * draw.scale(0.5, 8))]).node
    addPairs(to: &section)
    section["count"] = .number(flows)
    section["tiers"] = .list([
      tier("bronze", floor: rate / 500, ceiling: rate / 10),
      tier("gold", floor: rate / draw.pick([3.0, 4, 20]), ceiling: rate * 2),
    ])
    if draw.chance(0.4) {
      section["access"] = .rate(rate * 3)
      if section["path"] == nil, draw.chance(0.6) { section["lines"] = .number(draw.int(1...6)) }
    }
    let hasDeadline = draw.chance(0.5)
    if hasDeadline { section["deadline"] = Section(["slack": .number(4)]).node }
    section["admission"] = admission()
    section["scheduling"] = scheduling(hasDeadline: hasDeadline)
    return section.node
  }

  private mutating func tier(_ name: String, floor: Double, ceiling: Double) -> Node {
    var section = Section(["name": .text(name)])
    if draw.chance(0.8) { section["floor"] = .rate(floor) }
    section["ceiling"] = .rate(max(ceiling, floor))
    section["share"] = .number(draw.scale(0.2, 2))
    if draw.chance(0.5) { section["price"] = .number(8) }
    if draw.chance(0.5) { section["weight"] = .number(3) }
    return section.node
  }

  private mutating func admission() -> Node {
    let orders = [
      ["accept"], ["accept", "shrink"], ["accept", "postpone"], ["accept", "shrink", "postpone"],
    ]
    let order = draw.pick(orders)
    var section = Section(["order": .names(order)])
    if order.contains("postpone") { section["patience"] = time(0.01, 0.3) }
    return section.node
  }

  private mutating func scheduling(hasDeadline: Bool) -> Node {
    let words = ["fair", "weighted", "smallest-first"] + (hasDeadline ? ["earliest-deadline"] : [])
    guard draw.chance(0.15) else { return .text(draw.pick(words)) }
    return Section([
      "policy": .text("off-peak"), "prices": .numbers((0..<24).map { Double($0 % 7) }),
    ]).node
  }

  // MARK: - Training

  mutating func drawTraining() {
    let exits = fabrics.filter(\.hasExit)
    if exits.count == 2, !nodes.isEmpty, draw.chance(0.6),
      !isLit || !litLinks.isEmpty || isNational
    {
      traffic.append(Section(["training": spanningJob()]).node)
      return
    }
    for index in fabrics.indices where draw.chance(0.8) {
      for _ in 0..<draw.int(1...2) {
        guard let job = job(on: index) else { break }
        var section = Section(["training": job])
        if draw.chance(0.3) { section["class"] = .text(className(lossless: false)) }
        traffic.append(section.node)
      }
    }
    if traffic.isEmpty { _ = job(on: 0).map { traffic.append(Section(["training": $0]).node) } }
  }

  private mutating func job(on index: Int) -> Node? {
    let hosts = draw.int(1...2) * 2
    let first = fabrics[index].nextHost
    guard first + hosts <= fabrics[index].hosts else { return nil }
    fabrics[index].nextHost += hosts
    let gpus = hosts * fabrics[index].perHost
    var section = Section([
      "name": .text(name("job")), "fabric": .text(fabrics[index].name),
      "first_host": .number(first), "iterations": .number(draw.int(1...6)),
    ])
    if draw.chance(0.4) { section["start"] = time(0.001, 0.5) }
    if !moves.isEmpty, draw.chance(0.5) { section["after"] = .names([draw.pick(moves)]) }
    if draw.chance(0.5) {
      section["collective"] = collective(gpus)
    } else {
      section["model"] = model()
      section["plan"] = plan(gpus)
    }
    return section.node
  }

  private mutating func collective(_ gpus: Int) -> Node {
    let kind = draw.pick(["all-reduce", "all-gather", "reduce-scatter", "all-to-all", "neighbours"])
    var section = Section([
      "kind": .text(kind), "gpus": .number(gpus), "size": .text("\(draw.int(1...500)) MB"),
    ])
    if kind == "all-reduce", draw.chance(0.6) {
      section["algorithm"] = .text(draw.pick(["ring", "tree", "halving-doubling"]))
    }
    return section.node
  }

  func model() -> Node {
    Section([
      "parameters": .plain("1e9"), "layers": .number(16), "hidden": .number(2048),
      "sequence": .number(1024),
    ]).node
  }

  private mutating func plan(_ gpus: Int) -> Node {
    let tensor = draw.pick([1, 2, 4])
    let pipeline = draw.pick([1, 2])
    let data = gpus / tensor / pipeline
    var section = Section([
      "data": .number(data), "tensor": .number(tensor), "pipeline": .number(pipeline),
      "batch": .number(data * 4),
    ])
    if draw.chance(0.3) { section["overlap"] = .text("20 %") }
    let isSharded = draw.chance(0.3)
    if isSharded { section["sharded"] = .bool(true) }
    if draw.chance(0.3) {
      let algorithms = ["ring", "halving-doubling", "direct"] + (isSharded ? [] : ["tree"])
      section["algorithm"] = .text(draw.pick(algorithms))
    }
    return section.node
  }

  private mutating func spanningJob() -> Node {
    let gpus = fabrics.prefix(2).map { $0.hosts * $0.perHost }
    let isPipeline = gpus[0] == gpus[1] && draw.chance(0.4)
    var section = Section([
      "name": .text(name("span")), "iterations": .number(draw.int(1...4)),
      "sites": .list(fabrics.prefix(2).map { Section(["fabric": .text($0.name)]).node }),
      "spread": .text(isPipeline ? "pipeline" : "data"), "model": model(),
    ])
    let data = isPipeline ? gpus[0] / 4 : (gpus[0] + gpus[1]) / 4
    section["plan"] =
      Section([
        "data": .number(data), "tensor": .number(4), "pipeline": .number(isPipeline ? 2 : 1),
        "batch": .number(data * 4),
      ]).node
    return section.node
  }
}
