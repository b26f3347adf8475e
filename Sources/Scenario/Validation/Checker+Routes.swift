// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import YAMLReader

extension Checker {
  /// The position of the route between two nodes; nil where there is none, which is reported.
  mutating func route(from: Written<Name>, to: Written<Name>) -> Int? {
    let source = node(from)
    let target = node(to)
    guard let source, let target, isNetworkSound else { return nil }
    guard source != target else {
      report(
        "found \(Node.quoted(to.value.text)) as both ends, expected two different nodes", at: to)
      return nil
    }
    if let route = resolver.route(from: source, to: target) {
      return routes.position(of: route)
    }
    if resolver.topology.links.isEmpty, !plant.fibres.isEmpty {
      report(
        "the fibres are dark, so no route leads from \(Node.quoted(from.value.text)) or anywhere "
          + "else, expected links; light: {each_fibre: {channels: 4}} makes one of each fibre",
        at: scenario.network.origin)
      return nil
    }
    report(
      "no route leads from \(Node.quoted(from.value.text)) to \(Node.quoted(to.value.text))",
      at: to)
    return nil
  }

  /// The position of the route that a path names; nil where it is none, which is reported.
  mutating func route(
    path: Written<[Written<String>]>, from: Written<Name>? = nil, to: Written<Name>? = nil
  ) -> Int? {
    let source = from.flatMap { node($0) }
    let target = to.flatMap { node($0) }
    let areNodesKnown = (source != nil) == (from != nil) && (target != nil) == (to != nil)
    var isKnown = areNodesKnown
    for name in path.value where resolver.link(named: name.value) == nil {
      report(unknownLink(name.value), at: name)
      isKnown = false
    }
    guard isKnown, isNetworkSound else { return nil }
    do throws(RouteError) {
      var route = try resolver.route(
        names: path.value.map(\.value), source: source, target: target)
      route.isPinned = true
      return routes.position(of: route)
    } catch {
      report(error.description, at: path)
      return nil
    }
  }

  mutating func node(_ name: Written<Name>) -> NodeID? {
    if let node = resolver.node(named: name.value.text) { return node }
    report(unknownNode(name.value.text), at: name)
    return nil
  }
}
