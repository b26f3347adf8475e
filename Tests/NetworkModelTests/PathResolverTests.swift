// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing

@Suite struct PathResolverTests {
  /// a = b = c in a row, both ways; c -> d one way; a loose link.
  private let network = topology(
    nodes: "abcd",
    links: [
      Sketch(name: "ab", ends: "ab", delay: 1, isTwoWay: true),
      Sketch(name: "bc", ends: "bc", delay: 1, isTwoWay: true),
      Sketch(name: "cd", ends: "cd", delay: 1), Sketch(name: "loose"),
    ])
  private var resolver: PathResolver { PathResolver(network) }

  private func node(_ name: String?) -> NodeID? { name.flatMap { resolver.node(named: $0) } }

  @Test(
    arguments: [
      (["ab", "bc"], nil, nil, "ab bc", "a", "c"),
      (["bc", "ab"], nil, nil, "bc:back ab:back", "c", "a"),
      (["ab"], "b", nil, "ab:back", "b", "a"),
      (["ab"], nil, "a", "ab:back", "b", "a"),
      (["ab:back"], nil, nil, "ab:back", "b", "a"),
      (["loose"], nil, nil, "loose", nil, nil),
      (["loose"], "a", nil, "loose", "a", nil),
      (["loose"], "a", "d", "loose", "a", "d"),
      (["bc", "loose", "ab"], nil, nil, "bc:back loose ab:back", "c", "a"),
      (["ab", "ab:back"], nil, nil, "ab ab:back", "a", "a"),
      (["ab", "bc", "cd"], "a", "d", "ab bc cd", "a", "d"),
    ] as [([String], String?, String?, String, String?, String?)])
  func aPathTakesTheDirectionThatContinues(
    names: [String], source: String?, target: String?, links: String, from: String?, to: String?
  ) throws {
    let route = try resolver.route(names: names, source: node(source), target: node(target))
    #expect(network.names(route) == links)
    #expect(route.source == node(from))
    #expect(route.target == node(to))
  }

  @Test(
    arguments: [
      ([], nil, nil, RouteError.noLinks),
      (["xy"], nil, nil, .unknownLink("xy")),
      (["ab", "cd"], nil, nil, .broken(from: "ab", to: "cd", at: "b")),
      (["ab", "loose", "cd"], nil, nil, .broken(from: "ab", to: "cd", at: "b")),
      (["ab"], "c", nil, .startsElsewhere(link: "ab", source: "c")),
      (["loose", "bc"], "a", nil, .startsElsewhere(link: "bc", source: "a")),
      (["ab"], "a", "c", .endsElsewhere(link: "ab", end: "b", target: "c")),
      (["loose", "loose"], nil, nil, .repeatedLink("loose")),
      (["ab:back", "bc"], nil, nil, .broken(from: "ab:back", to: "bc", at: "a")),
    ] as [([String], String?, String?, RouteError)])
  func whatIsNoPathSaysWhy(
    names: [String], source: String?, target: String?, error: RouteError
  ) {
    #expect(throws: error) {
      try resolver.route(names: names, source: node(source), target: node(target))
    }
  }

  @Test func namesMayBeSubstringsOfALine() throws {
    let route = try resolver.route(names: "ab;bc".split(separator: ";"))
    #expect(network.names(route) == "ab bc")
  }

  @Test func aPairOfNodesGetsItsShortestRoute() {
    var resolver = resolver
    let route = resolver.route(from: NodeID(index: 0), to: NodeID(index: 3))
    #expect(network.names(route) == "ab bc cd")
    #expect(resolver.route(from: NodeID(index: 3), to: NodeID(index: 0)) == nil)
    #expect(resolver.route(from: NodeID(index: 0), to: NodeID(index: 3)) == route)
  }
}
