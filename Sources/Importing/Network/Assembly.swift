// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Text

/// Makes a network that a scenario can hold out of what a file has, and notes what it changes.
struct Assembly {
  private var draft: NetworkDraft
  private let rules: LengthRules
  private var warnings: [String]

  init(_ draft: NetworkDraft, rules: LengthRules) {
    self.draft = draft
    self.rules = rules
    warnings = draft.warnings
  }

  mutating func network(from format: FileFormat) throws(Fault) -> ImportedNetwork {
    guard !draft.nodes.isEmpty else { throw Fault("has no nodes") }
    try draft.checkRanges()
    forgetPositionsOnNoGlobe()
    if rules.leavesOutUnplaced { try leaveOutUnplaced() }
    dropLoops()
    if draft.isDirected { joinOpposites() }
    guard !draft.edges.isEmpty else { throw Fault("has no links between different nodes") }
    var network = ImportedNetwork(name: draft.name, format: format, demandUnit: draft.demandUnit)
    network.sites = sites()
    network.fibres = try fibres(between: network.sites)
    let parts = NetworkParts(nodes: draft.nodes.count, edges: draft.edges)
    network.largestPart = parts.largest
    let demands = routableDemands(parts)
    network.demandsGoBothWays = !demands.isEmpty && !draft.hasDirectedDemands
    network.demands = network.demandsGoBothWays ? demands.flatMap { [$0, $0.reversed] } : demands
    try cutLongFibres(of: &network)
    if parts.count > 1 {
      warn(
        "the network is in \(parts.count) parts; the largest has \(parts.largest.count) of "
          + "\(draft.nodes.count) nodes")
    }
    network.warnings = warnings
    return network
  }

  mutating func warn(_ text: String) {
    warnings.append(text)
  }
}

// MARK: - Nodes

extension Assembly {
  /// Positions are all taken or none: a drawing can have some that could be on Earth.
  private mutating func forgetPositionsOnNoGlobe() {
    let reason: String
    if draft.isDrawing {
      reason = "the file says that its coordinates are those of a drawing"
    } else if let node = draft.nodes.first(where: { $0.position?.isOnEarth == false }) {
      reason = "\(Fault.quoted(node.label ?? node.id)) is at no longitude and latitude"
    } else {
      return
    }
    for index in draft.nodes.indices { draft.nodes[index].position = nil }
    warn("\(reason); no coordinates are used")
  }

  private mutating func leaveOutUnplaced() throws(Fault) {
    let names = draft.nodes.filter { $0.position == nil }.map { node in
      node.label.flatMap { $0.isEmpty ? nil : $0 } ?? node.id
    }
    guard !names.isEmpty else { return }
    guard names.count < draft.nodes.count else {
      throw Fault("no node has geographic coordinates, so that --placed-only leaves none")
    }
    var places: [Int?] = []
    var kept: [NetworkDraft.Node] = []
    for node in draft.nodes {
      places.append(node.position == nil ? nil : kept.count)
      if node.position != nil { kept.append(node) }
    }
    let edges = draft.edges.count
    draft.nodes = kept
    draft.edges = draft.edges.compactMap { edge in
      guard let source = places[edge.source], let target = places[edge.target] else { return nil }
      var edge = edge
      (edge.source, edge.target) = (source, target)
      return edge
    }
    draft.demands = draft.demands.compactMap { demand in
      guard let source = places[demand.source], let target = places[demand.target] else {
        return nil
      }
      return .init(
        source: source, target: target, value: demand.value, offset: demand.offset)
    }
    warn(
      "left out \(counted(names.count, "node")) without coordinates and "
        + "\(counted(edges - draft.edges.count, "link")): \(Fault.list(names))")
  }

  /// The nodes with names that a scenario takes, each another.
  private mutating func sites() -> [ImportedNetwork.Site] {
    var names = UniqueNames()
    var mended: [String] = []
    var repeated: [String] = []
    var nameless = 0
    // Where no node has a label, the identifiers are the names.
    let isLabelled = draft.nodes.contains { $0.label != nil }
    let sites = draft.nodes.map { node in
      let label = node.label?.trimmed ?? ""
      if label.isEmpty, isLabelled { nameless += 1 }
      let given = label.isEmpty ? node.id : label
      let valid = ValidName.from(given)
      if valid != given { mended.append("\(Fault.quoted(given)) is \(Fault.quoted(valid))") }
      let unique = names.unique(valid)
      if unique != valid { repeated.append(unique) }
      return ImportedNetwork.Site(name: unique, position: node.position)
    }
    if nameless > 0 { warn("\(counted(nameless, "node")) without a name: their identifiers serve") }
    if !mended.isEmpty { warn("names that a scenario can't have: \(Fault.list(mended))") }
    if !repeated.isEmpty { warn("names that several nodes have: \(Fault.list(repeated))") }
    return sites
  }
}

// MARK: - Edges

extension Assembly {
  private mutating func dropLoops() {
    let loops = draft.edges.filter { $0.source == $0.target }
    guard !loops.isEmpty else { return }
    draft.edges.removeAll { $0.source == $0.target }
    let names = loops.map { draft.nodes[$0.source].label ?? draft.nodes[$0.source].id }
    warn("left out \(counted(loops.count, "link")) from a node to itself: \(Fault.list(names))")
  }

  /// Takes an edge and the one in the other direction as the two strands of one fibre.
  private mutating func joinOpposites() {
    struct Ends: Hashable {
      var source: Int
      var target: Int
    }
    var unjoined: [Ends: Int] = [:]
    let before = draft.edges.count
    draft.edges.removeAll { edge in
      let opposite = Ends(source: edge.target, target: edge.source)
      if let count = unjoined[opposite], count > 0 {
        unjoined[opposite] = count - 1
        return true
      }
      unjoined[Ends(source: edge.source, target: edge.target), default: 0] += 1
      return false
    }
    if draft.edges.count < before {
      warn(
        "links have a direction; \(before - draft.edges.count) are taken as the opposite direction of others"
      )
    }
  }

  private mutating func fibres(
    between sites: [ImportedNetwork.Site]
  ) throws(Fault) -> [ImportedNetwork.Fibre] {
    let lengths = try lengths(of: sites)
    var names = UniqueNames()
    var short: [String] = []
    let fibres = zip(draft.edges, lengths).map { edge, length in
      let ends = "\(sites[edge.source].name)-\(sites[edge.target].name)"
      let name = names.unique(ends)
      if length < rules.shortest { short.append(name) }
      return ImportedNetwork.Fibre(
        name: name, first: edge.source, second: edge.target, length: max(length, rules.shortest),
        capacity: edge.capacity)
    }
    if !short.isEmpty {
      warn(
        "\(counted(short.count, "fibre")) shorter than \(rules.shortest.text), taken as that long: "
          + Fault.list(short))
    }
    return fibres
  }

  private func lengths(of sites: [ImportedNetwork.Site]) throws(Fault) -> [Kilometres] {
    var lengths: [Kilometres] = []
    var unknown = 0
    var unplaced: [Int] = []
    for edge in draft.edges {
      if let straight_km = straightLine_km(of: edge) {
        let length_km = straight_km * rules.routeFactor
        guard length_km <= 100_000 else {
          throw Fault(
            found: "a fibre of \(length_km) km", expected: "at most 100000 km", at: edge.offset)
        }
        lengths.append(Kilometres(length_km))
      } else if let length = rules.unknown {
        lengths.append(length)
      } else {
        unknown += 1
        unplaced += [edge.source, edge.target].filter { draft.nodes[$0].position == nil }
      }
    }
    guard unknown == 0 else {
      throw noLength(of: unknown, without: Set(unplaced).sorted().map { sites[$0].name })
    }
    return lengths
  }

  private func straightLine_km(of edge: NetworkDraft.Edge) -> Double? {
    if let given = edge.straightLine_km { return given }
    guard let from = draft.nodes[edge.source].position, let to = draft.nodes[edge.target].position
    else { return nil }
    return from.greatCircle_km(to: to)
  }

  private func noLength(of count: Int, without names: [String]) -> Fault {
    let shown = 20
    let more = names.count > shown ? " and \(names.count - shown) more" : ""
    let nodes =
      names.count == draft.nodes.count
      ? "no node has geographic coordinates"
      : "these nodes have no coordinates: \(names.prefix(shown).joined(separator: ", "))\(more)"
    // The reason why coordinates are not used is the last thing that was noted of them.
    let reason = warnings.first { $0.hasSuffix("no coordinates are used") }.map { " (\($0))" } ?? ""
    return Fault(
      "no length for \(count) of \(draft.edges.count) links, because \(nodes)\(reason); give "
        + "--default-length, such as \"100 km\""
        + (names.count < draft.nodes.count ? ", or leave those nodes out with --placed-only" : ""))
  }
}

// MARK: - Demands

extension Assembly {
  /// Demands that have a route, those of the same ends taken together.
  private mutating func routableDemands(_ parts: NetworkParts) -> [ImportedNetwork.Demand] {
    struct Ends: Hashable {
      var source: Int
      var target: Int
    }
    var demands: [ImportedNetwork.Demand] = []
    var known: [Ends: Int] = [:]
    var unroutable = 0
    for demand in draft.demands where demand.value > 0 {
      guard demand.source != demand.target, parts.join(demand.source, demand.target) else {
        unroutable += 1
        continue
      }
      let ends = Ends(source: demand.source, target: demand.target)
      if let index = known[ends] {
        demands[index].value += demand.value
      } else {
        known[ends] = demands.count
        demands.append(.init(source: ends.source, target: ends.target, value: demand.value))
      }
    }
    if unroutable > 0 {
      warn("left out \(counted(unroutable, "demand")) from a node to itself or without a route")
    }
    return demands
  }
}
