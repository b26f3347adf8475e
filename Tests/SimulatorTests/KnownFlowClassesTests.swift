// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@testable import EventKernel
@testable import Simulator

@Suite struct KnownFlowClassesTests {
  private struct Key: Hashable {
    var links: [LinkID]
    var target: NodeID?
    var isSpread: Bool
    var ceiling: Double
    var home: FlowClassID
  }

  /// Few links make many routes that differ in one thing alone.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func findsWhatAnOrdinaryTableFinds(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "known")
    var known = KnownFlowClasses()
    var plain: [Key: FlowClassID] = [:]
    var routes: [Route] = []
    var found = 0
    for _ in 0..<3000 {
      let links = (0..<random.next() % 5).map { _ in LinkID(index: Int(random.next() % 4)) }
      let target = NodeID(index: Int(random.next() % 3))
      let route = Route(source: NodeID(index: 0), target: target, links: links)
      let terms = KnownFlowClasses.Terms(
        trafficClass: 0, home: random.next() % 2 == 0 ? .none : FlowClassID(0), demand: .none,
        ceiling: random.next() % 2 == 0 ? .infinity : 1e9, isSpread: random.next() % 2 == 0)
      let key = Key(
        links: links, target: route.target, isSpread: terms.isSpread, ceiling: terms.ceiling,
        home: terms.home)
      let flowClass = known.find(route, terms, in: routes)
      #expect(flowClass == plain[key])
      if flowClass != nil {
        found += 1
        continue
      }
      let new = FlowClassID(routes.count)
      routes.append(route)
      known.add(new, route, terms)
      plain[key] = new
    }
    #expect(found > 500 && routes.count > 500)
  }
}
