// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// The links of flow classes, all in one row: what is read of many classes at each event counts no
/// references.
struct ClassLinks {
  private var links: [Int32] = []
  /// Where the links of each flow class stand; nil for one that is not known yet.
  private var spans: [Range<Int32>?] = []

  func contains(_ flowClass: FlowClassID) -> Bool {
    flowClass.index < spans.count && spans[flowClass.index] != nil
  }

  mutating func add(_ flowClass: FlowClassID, _ route: Route) {
    while spans.count <= flowClass.index { spans.append(nil) }
    let start = Int32(links.count)
    links += route.links.map(\.index)
    spans[flowClass.index] = start..<Int32(links.count)
  }

  /// The places at which the links of a known flow class stand.
  func places(of flowClass: FlowClassID) -> Range<Int32> { spans[flowClass.index] ?? 0..<0 }

  /// The link at a place.
  subscript(place: Int32) -> Int { Int(links[Int(place)]) }
}
