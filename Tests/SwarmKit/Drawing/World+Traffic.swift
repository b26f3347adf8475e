// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

extension World {
  /// Every kind of source now and then, one at least unless light has requests.
  mutating func drawTraffic() {
    let canRoute = !litLinks.isEmpty || !isLit || isNational
    // Alone a demand loses what a formula says.
    if mood == .lossy, !isLit, fabrics.isEmpty, draw.chance(0.15) {
      return add(steadyDemand(), "demand", lossless: false)
    }
    if canRoute {
      if draw.chance(0.6) { add(listedFlows(), "flows") }
      for _ in 0..<draw.pick([0, 1, 1, 2]) { add(generated(), "generate") }
      if draw.chance(0.2) { addTrace() }
      if mood != .ideal || draw.chance(0.3) {
        for _ in 0..<draw.int(0...2) { add(demand(), "demand", lossless: false) }
      }
      if draw.chance(0.3) { add(tokens(), "tokens", lossless: false) }
      if draw.chance(0.3) { add(transfers(), "transfers") }
      if hasElastic {
        traffic.append(Section(["elastic": elastic(), "class": .text("users")]).node)
      }
    }
    if !fabrics.isEmpty {
      drawTraining()
      if draw.chance(0.5) { drawFabricTraffic() }
    }
    if traffic.isEmpty, light["requests"] == nil { add(listedFlows(), "flows") }
  }

  private mutating func add(_ node: Node, _ key: String, lossless: Bool = true) {
    var section = Section([key: node])
    if draw.chance(0.6) { section["class"] = .text(className(lossless: lossless)) }
    traffic.append(section.node)
  }

  mutating func time(_ low: Double, _ high: Double) -> Node {
    .time(duration * draw.scale(low, high))
  }

  // MARK: - Flows

  private mutating func listedFlows() -> Node {
    .list(
      (0..<draw.int(1...12)).map { _ in
        var section = Section(["flow": .text(name("flow"))])
        if draw.chance(0.8) { section["start"] = time(0.001, 0.9) }
        addEnds(to: &section)
        section["size"] = .size(typicalSize * draw.scale(0.01, 20))
        if draw.chance(0.3) { section["class"] = .text(className()) }
        if draw.chance(0.2) { section["deadline"] = .time(duration * draw.scale(0.91, 1.5)) }
        return section.node
      })
  }

  /// Two nodes, or the links of a path.
  private mutating func addEnds(to section: inout Section) {
    if draw.chance(0.25), !loose.isEmpty {
      section["path"] = .names(draw.some(draw.int(1...loose.count), of: loose))
      return
    }
    let (from, to) = draw.two(of: nodes)
    section["from"] = .text(from)
    section["to"] = .text(to)
  }

  private mutating func generated() -> Node {
    var section = Section(["name": .text(name("g"))])
    let flows = draw.int(10...80)
    if draw.chance(0.15) {
      addPreset(to: &section, flows: flows)
    } else {
      section["arrivals"] = arrivals(flows: flows)
      section["sizes"] = sizes()
    }
    // Answers need a way back, which a path does not have.
    addPairs(to: &section, mayBePath: section["preset"] == nil, mayBeMany: true)
    if draw.chance(0.3) { section["start"] = time(0.01, 0.3) }
    if draw.chance(0.3) { section["stop"] = time(0.4, 1) }
    section["count"] = .number(draw.int(flows...2 * flows))
    if draw.chance(0.3) { section["daily"] = .numbers(daily()) }
    if draw.chance(0.1) { section["weekly"] = .numbers([1, 0.5, 2, 1, 1, 0.1, 1]) }
    if draw.chance(0.25) {
      section["deadline"] =
        draw.chance(0.5)
        ? Section(["slack": .number(draw.scale(1, 20))]).node
        : Section(["after": time(0.01, 0.3)]).node
    }
    if draw.chance(0.2), section["preset"] == nil {
      section["transfers"] = transferTerms(
        hasDeadline: section["deadline"] != nil, isGenerated: true)
    }
    return section.node
  }

  private mutating func addPreset(to section: inout Section, flows: Int) {
    let preset = draw.pick(["azure-conversation", "azure-code", "mooncake-conversation", "philly"])
    section["preset"] = .text(preset)
    section["arrivals"] = arrivals(flows: flows)
    let input = typicalSize / 1000
    section[preset == "philly" ? "bytes_per_processor" : "bytes_per_token"] =
      Section([
        "input": .size(input), "output": .size(input / 3),
      ]).node
  }

  private mutating func arrivals(flows: Int) -> Node {
    let rate = Double(flows) / duration
    // A load would need the mean size of a preset.
    let pace = Node.text("\(rate * 3600) /h")
    switch draw.int(0...3) {
    case 0: return Section(["poisson": pace]).node
    case 1: return Section(["deterministic": pace]).node
    case 2:
      return Section([
        "bursty": Section(["rate": pace, "variation": .number(draw.scale(0.5, 4))]).node
      ]).node
    default:
      return Section([
        "bursty": Section([
          "rate": pace, "variation": .number(draw.scale(0.5, 4)), "gaps": .text("lognormal"),
        ]).node
      ]).node
    }
  }

  private mutating func sizes() -> Node {
    let mean = typicalSize * draw.scale(0.2, 5)
    switch draw.int(0...4) {
    case 0: return Section(["fixed": .size(mean)]).node
    case 1: return Section(["exponential": .size(mean)]).node
    case 2:
      return Section([
        "lognormal": Section(["mean": .size(mean), "variation": .number(2)]).node
      ]).node
    case 3:
      return Section([
        "pareto": Section([
          "alpha": .number(1.2), "min": .size(mean / 10), "max": .size(mean * 50),
        ]).node
      ]).node
    default:
      return Section([
        "empirical": Section([
          "values": .list([.size(mean / 4), .size(mean * 3)]), "weights": .numbers([9, 1]),
        ]).node
      ]).node
    }
  }

  /// Where generated flows go.
  mutating func addPairs(to section: inout Section, mayBePath: Bool = true, mayBeMany: Bool = false)
  {
    switch draw.int(0...4) {
    case 0 where mayBePath && !loose.isEmpty: section["path"] = .names([draw.pick(loose)])
    case 1: section["weights"] = weights()
    case 2 where mayBeMany: addEnds(fromManyTo: &section)
    default:
      section["pairs"] = .list(
        (0..<draw.int(1...3)).map { _ in
          let (from, to) = draw.two(of: nodes)
          var pair = Section(["from": .text(from), "to": .text(to)])
          if draw.chance(0.5) { pair["weight"] = .number(draw.scale(0.5, 5)) }
          return pair.node
        })
    }
  }

  /// Ends with weights of their own; those of the built-in network on it.
  private mutating func addEnds(fromManyTo section: inout Section) {
    if isNational {
      section["from"] = .text("provinces")
      section["to"] = .text("clusters")
      if draw.chance(0.5) { section["ends_at"] = .text("data-centres") }
      return
    }
    let (one, other) = draw.two(of: nodes)
    // Weights at one end have two places, so that one of them is another than that of the other end.
    section["from"] = draw.chance(0.5) ? weights() : .text(one)
    section["to"] = draw.chance(0.5) ? weights() : .text(other)
  }

  /// Factors of equal parts of the day, which the run may see more than one of.
  mutating func daily() -> [Double] {
    // Each step is a look at the loss of all links.
    let parts = draw.pick(mood == .ideal ? [2, 24, 144, 1440] : [2, 24])
    return (0..<parts).map { _ in (draw.scale(0.1, 3) * 100).rounded() / 100 }
  }

  // MARK: - Rates

  private mutating func demand() -> Node {
    var section = Section([
      "name": .text(name("d")), "rate": .rate(rate * draw.scale(0.01, 1.5)),
    ])
    switch draw.int(0...3) {
    case 0 where !loose.isEmpty: section["path"] = .names([draw.pick(loose)])
    case 1: section["weights"] = weights()
    default:
      let (from, to) = draw.two(of: nodes)
      section["from"] = .text(from)
      section["to"] = .text(to)
    }
    if draw.chance(0.4) { section["daily"] = .numbers(daily()) }
    if draw.chance(0.3) { section["start"] = time(0.01, 0.3) }
    if draw.chance(0.3) { section["stop"] = time(0.4, 1) }
    if draw.chance(0.3) { section["takes"] = .text("beside") }
    if draw.chance(0.3) { section["variation"] = .number(draw.pick([0, 0.5, 3])) }
    return section.node
  }

  private mutating func steadyDemand() -> Node {
    let (from, to) = draw.two(of: nodes)
    return Section([
      "name": .text(name("d")), "rate": .rate(rate * draw.scale(0.1, 2)), "from": .text(from),
      "to": .text(to),
    ]).node
  }

  private mutating func tokens() -> Node {
    var hasLimits = true
    // About 100 bytes a token.
    let perSecond = rate / 800 * draw.scale(0.01, 1)
    var section = Section(["name": .text(name("tok"))])
    section["total"] = .text("\(max(1, perSecond.rounded())) tokens/s")
    if isNational, draw.chance(0.5) {
      hasLimits = draw.chance(0.5)
      if hasLimits { section["inference_share"] = .text("10 %") }
      if draw.chance(0.5) { section["ends_at"] = .text("data-centres") }
    } else {
      section["from"] = weights()
      var sites = Section()
      for node in draw.some(draw.int(1...min(4, nodes.count)), of: nodes) {
        let isLimited = draw.chance(0.7)
        if !isLimited { hasLimits = false }
        sites[node] = isLimited ? site(perSecond) : .text("unlimited")
      }
      section["to"] = sites.node
    }
    if draw.chance(0.5) { section["serve"] = .text(draw.pick(["nearest", "spread"])) }
    if draw.chance(0.5) { section["services"] = services() }
    if draw.chance(0.4) { section["sample"] = .number(min(1, 60 / (perSecond * duration / 1000))) }
    if draw.chance(0.3) { section["start"] = time(0.01, 0.3) }
    if draw.chance(0.3) { section["stop"] = time(0.4, 1) }
    if hasLimits, draw.chance(0.5) { section["engines"] = engines() }
    return section.node
  }

  /// Looks at engines; so short that a run with them takes no longer than others.
  private mutating func engines() -> Node {
    var section = Section(["window": .text("\(draw.pick([1, 5])) s"), "warm_up": .text("1 s")])
    if draw.chance(0.5) { section["fill"] = .text("\(draw.pick([50, 95, 100])) %") }
    if draw.chance(0.5) { section["slo"] = Section(["ttft": .text("1 s")]).node }
    return section.node
  }

  /// Machines for a part or a multiple of what is asked for.
  private mutating func site(_ perSecond: Double) -> Node {
    let factor = draw.scale(0.1, 2)
    if draw.chance(0.4) { return Section(["nodes": .number(perSecond * factor / 50_000)]).node }
    return Section([
      "in": tokenRate(perSecond * factor), "out": tokenRate(perSecond * factor / draw.scale(2, 20)),
    ]).node
  }

  private func tokenRate(_ perSecond: Double) -> Node {
    .text("\(max(1, perSecond.rounded())) tokens/s")
  }

  /// Built-in services by their names, and one of its own.
  private mutating func services() -> Node {
    var all = draw.some(draw.int(1...3), of: World.services).map { Node.text($0) }
    if draw.chance(0.4) {
      all.append(
        Section([
          "name": .text("own"), "share": .text("30 %"), "input_tokens": .number(draw.int(1...4000)),
          "output_tokens": .number(draw.int(1...400)), "input_bytes_per_token": .number(4),
          "output_bytes_per_token": .number(draw.int(1...300)), "bytes_per_request": .number(100),
          "daily": .numbers([1, 3, 0.5]),
        ]).node)
    }
    return .list(all)
  }

  private static let services = ["chat", "code", "agent", "image", "video"]
}
