// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Turns link names, or a pair of nodes, into routes over a topology.
///
/// Of a two-way link that a path names, the direction that continues the path is taken; with
/// `:back` behind the name it is the other direction and no choice. Links with ends must join
/// up; links without ends may stand anywhere between them and join nothing.
public struct PathResolver: Sendable {
  public private(set) var topology: Topology
  /// Laid out at the first search after a link was set: setting many costs no more than one.
  private var outgoing: OutgoingLinks?
  private let nodesByName: [String: NodeID]
  private let linksByName: [String: LinkID]
  public let places: PlaceNames
  /// The searches made so far, by source.
  private var searches: [NodeID: ShortestPaths] = [:]
  /// Searches for one pair, on networks where that pays, and how many links they looked at by source.
  private var pairs: PairSearch?
  private var linksSeen: [NodeID: Int] = [:]
  private static let leastNodesForPairs = 1024
  /// At most this many entries of searches are kept, 4 bytes each.
  private static let keptEntries = 16_777_216

  /// Nodes may go by their other names too.
  public init(_ topology: Topology, places: PlaceNames = .none) {
    self.topology = topology
    self.places = places
    // Names are unique; were they not, the first would be meant.
    nodesByName = Dictionary(
      topology.nodes.enumerated().map { ($1, NodeID(index: $0)) },
      uniquingKeysWith: { first, _ in first })
    linksByName = Dictionary(
      topology.links.enumerated().map { ($1.name, LinkID(index: $0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Gives a link another capacity and delay; routes found before count no more.
  public mutating func setLink(_ link: LinkID, capacity: BitsPerSecond, delay: SimDuration) {
    topology.setLink(link, capacity: capacity, delay: delay)
    searches.removeAll()
    linksSeen.removeAll()
    pairs = nil
    outgoing = nil
  }

  public func node(named name: some StringProtocol) -> NodeID? {
    let name = String(name)
    return nodesByName[name] ?? places[name].flatMap { nodesByName[$0] }
  }

  /// The link of a name, or the only one between the nodes that it names.
  public func link(named name: some StringProtocol) -> LinkID? {
    let name = String(name)
    if let link = linksByName[name] { return link }
    let spelling = LineSpelling(
      node: { places[$0] ?? $0 }, isLine: { linksByName[$0] != nil },
      between: { names(from: $0, to: $1) })
    return spelling.line(name).flatMap { linksByName[$0] }
  }

  /// The links from one node to another, without second directions of two-way links.
  private func names(from first: String, to second: String) -> [String] {
    guard let source = nodesByName[first], let target = nodesByName[second] else { return [] }
    return topology.links.filter { link in
      link.ends == Link.Ends(source: source, target: target)
        && !link.name.hasSuffix(Topology.backSuffix)
    }.map(\.name)
  }

  /// The route of least delay; nil where there is none, or where both ends are one node.
  ///
  /// Where the network is large each pair is searched for by itself, until that has cost as much as one
  /// search for all routes from the source. That is kept for the next question, and serves those too that have
  /// no way on but to the source.
  public mutating func route(from source: NodeID, to target: NodeID) -> Route? {
    guard source != target else { return nil }
    guard let only = onlyLink(outOf: source) else { return searched(from: source, to: target) }
    // Whatever leaves by one link goes on like what starts behind it.
    let rest = only.target == target ? [] : searched(from: only.target, to: target)?.links
    return rest.map { Route(source: source, target: target, links: [only.link] + $0) }
  }

  private mutating func searched(from source: NodeID, to target: NodeID) -> Route? {
    if let known = searches[source] { return known.route(to: target, in: topology) }
    if let links = searchedAsPair(from: source, to: target) {
      return Route(source: source, target: target, links: links)
    }
    if (searches.count + 1) * topology.nodes.count > Self.keptEntries { searches.removeAll() }
    let search = ShortestPaths(from: source, over: laidOut())
    searches[source] = search
    return search.route(to: target, in: topology)
  }

  /// The links from one node to another where it pays to look for them alone; else, and where there are none, nil.
  private mutating func searchedAsPair(from source: NodeID, to target: NodeID) -> [LinkID]? {
    // A link costs about twice as much to look at from two ends as in a search to all.
    let most = topology.links.count / 2
    guard topology.nodes.count >= Self.leastNodesForPairs, linksSeen[source, default: 0] < most
    else {
      return nil
    }
    if pairs == nil { pairs = PairSearch(ahead: laidOut(), back: .reversed(topology)) }
    let links = pairs?.links(from: source, to: target)
    linksSeen[source, default: 0] += links == nil ? most : pairs?.linksSeen ?? most
    return links
  }

  private mutating func laidOut() -> OutgoingLinks {
    if let outgoing { return outgoing }
    let links = OutgoingLinks(topology)
    outgoing = links
    return links
  }

  /// The one link that leaves a node, and where it leads; nil where there are others or none.
  private mutating func onlyLink(outOf node: NodeID) -> (link: LinkID, target: NodeID)? {
    laidOut().onlyStep(outOf: Int(node.index)).map {
      (LinkID(index: Int($0.link)), NodeID(index: Int($0.target)))
    }
  }

  /// The route over named links, from and to the given nodes where they are given.
  ///
  /// Ends that are not given are those of the first and last link that have some.
  public func route(
    names: some Sequence<some StringProtocol>, source: NodeID? = nil, target: NodeID? = nil
  ) throws(RouteError) -> Route {
    let links = try identify(names)
    guard source == nil, let start = links.first(where: { topology[$0.link].ends != nil }),
      start.isEitherWay, let reverse = topology[start.link].reverse
    else { return try walk(links, from: source, to: target) }
    // Nothing says which way the first link goes but what follows: forward, if that works.
    let forward = Result { () throws(RouteError) in
      try walk(links, from: topology[start.link].ends?.source, to: target)
    }
    if case .success(let route) = forward { return route }
    let back = topology[reverse].ends?.source
    if let route = try? walk(links, from: back, to: target) { return route }
    return try forward.get()
  }
}

// MARK: - Walking along the names

extension PathResolver {
  /// A link that a path names, and whether its name leaves the direction open.
  private struct Named {
    var link: LinkID
    var isEitherWay: Bool
  }

  private func identify(
    _ names: some Sequence<some StringProtocol>
  ) throws(RouteError) -> [Named] {
    var links: [Named] = []
    for name in names {
      guard let link = link(named: name) else { throw .unknownLink(String(name)) }
      let isEitherWay = topology[link].reverse != nil && !name.hasSuffix(Topology.backSuffix)
      links.append(Named(link: link, isEitherWay: isEitherWay))
    }
    guard !links.isEmpty else { throw .noLinks }
    return links
  }

  private func walk(
    _ links: [Named], from source: NodeID?, to target: NodeID?
  ) throws(RouteError) -> Route {
    var route = Route(source: source, target: source, links: [])
    var previous: LinkID?
    for named in links {
      let link = direction(of: named, leaving: route.target)
      guard !route.links.contains(link) else { throw .repeatedLink(topology[link].name) }
      route.links.append(link)
      guard let ends = topology[link].ends else { continue }
      if let here = route.target, here != ends.source {
        throw gap(before: link, after: previous, at: here)
      }
      route.source = route.source ?? ends.source
      route.target = ends.target
      previous = link
    }
    guard let target else { return finished(route, hasEnds: previous != nil) }
    if let previous, let end = route.target, end != target {
      throw .endsElsewhere(
        link: topology[previous].name, end: topology[end], target: topology[target])
    }
    route.target = target
    return route
  }

  /// A route of loose links alone arrives where nobody has said, not where it starts.
  private func finished(_ route: Route, hasEnds: Bool) -> Route {
    hasEnds ? route : Route(source: route.source, target: nil, links: route.links)
  }

  private func direction(of named: Named, leaving node: NodeID?) -> LinkID {
    guard named.isEitherWay, let node, let reverse = topology[named.link].reverse,
      topology[reverse].ends?.source == node
    else { return named.link }
    return reverse
  }

  private func gap(before link: LinkID, after previous: LinkID?, at node: NodeID) -> RouteError {
    guard let previous else {
      return .startsElsewhere(link: topology[link].name, source: topology[node])
    }
    return .broken(from: topology[previous].name, to: topology[link].name, at: topology[node])
  }
}
