// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel

/// A topology written in a line: nodes a, b, c, ..., and links as `name ends delay`.
func topology(nodes: String, links: [Sketch]) -> Topology {
  var topology = Topology()
  let names = nodes.map(String.init)
  for name in names { topology.addNode(name) }
  for link in links {
    let places = link.ends.compactMap { names.firstIndex(of: String($0)) }
    let ends =
      places.count == 2
      ? Link.Ends(source: NodeID(index: places[0]), target: NodeID(index: places[1])) : nil
    topology.addLink(
      Link(
        name: link.name, ends: ends, capacity: BitsPerSecond(1e9),
        delay: SimDuration(nanoseconds: link.delay)),
      isTwoWay: link.isTwoWay)
  }
  return topology
}

/// One link of such a topology; its ends are two letters, or none.
struct Sketch {
  var name: String
  var ends = ""
  var delay: Int64 = 0
  var isTwoWay = false
}

extension Topology {
  /// The names of a route's links, joined by blanks.
  func names(_ route: Route?) -> String? {
    route.map { $0.links.map { self[$0].name }.joined(separator: " ") }
  }
}
