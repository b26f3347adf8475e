// SPDX-License-Identifier: GPL-3.0-or-later

/// The parts of a network that hang together.
struct NetworkParts {
  /// The part of each node, counted in the order of the first node of each.
  private let parts: [Int]
  private(set) var count = 0
  /// The nodes of the part with the most of them; of equal ones the first.
  let largest: [Int]

  init(nodes: Int, edges: [NetworkDraft.Edge]) {
    var neighbours = [[Int]](repeating: [], count: nodes)
    for edge in edges {
      neighbours[edge.source].append(edge.target)
      neighbours[edge.target].append(edge.source)
    }
    var parts = [Int](repeating: -1, count: nodes)
    var sizes: [Int] = []
    for start in 0..<nodes where parts[start] < 0 {
      parts[start] = sizes.count
      var waiting = [start]
      var size = 0
      while let node = waiting.popLast() {
        size += 1
        for next in neighbours[node] where parts[next] < 0 {
          parts[next] = sizes.count
          waiting.append(next)
        }
      }
      sizes.append(size)
    }
    let best = sizes.firstIndex(of: sizes.max() ?? 0)
    largest = parts.indices.filter { parts[$0] == best }
    self.parts = parts
    count = sizes.count
  }

  func join(_ first: Int, _ second: Int) -> Bool { parts[first] == parts[second] }
}
