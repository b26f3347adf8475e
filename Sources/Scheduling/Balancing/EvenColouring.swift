// SPDX-License-Identifier: GPL-3.0-or-later

/// Gives the edges of a bipartite multigraph colours, as even as it can at every vertex.
///
/// Each vertex of either side has a load of each colour to begin with, infinite for one that
/// it can't have. Edges come one by one; a new one may make earlier ones swap two colours along
/// a path. Without loads and bans, no vertex has more edges of a colour than its edges divided by
/// the colours, rounded up.
///
/// - Complexity: O(colours) an edge and the length of the paths.
package struct EvenColouring {
  package private(set) var colours: [Int32] = []
  private let colourCount: Int
  /// The load of each colour at each vertex, for senders and for receivers.
  private var out: [Float] = []
  private var into: [Float] = []
  private var sources: [Int32] = []
  private var targets: [Int32] = []
  /// The last edge of each colour at each vertex, and for each edge the one before it there.
  private var edgesOut: [[Int32]]
  private var edgesInto: [[Int32]]

  package init(vertices: Int, colours: Int, load: (Int, Int, Bool) -> Float) {
    colourCount = colours
    for vertex in 0..<vertices {
      for colour in 0..<colours {
        out.append(load(vertex, colour, false))
        into.append(load(vertex, colour, true))
      }
    }
    edgesOut = Array(repeating: [], count: vertices * colours)
    edgesInto = edgesOut
  }

  package mutating func add(from source: Int, to target: Int) {
    let edge = colours.count
    sources.append(Int32(source))
    targets.append(Int32(target))
    let atSource = least(out, source)
    let atTarget = least(into, target)
    let shared = bestShared(source, target)
    let isLeast =
      out[place(source, shared)] <= out[place(source, atSource)]
      && into[place(target, shared)] <= into[place(target, atTarget)]
    guard !isLeast, into[place(target, atSource)].isFinite else {
      colours.append(Int32(shared))
      count(edge, by: 1)
      return
    }
    colours.append(Int32(atSource))
    count(edge, by: 1)
    swap(atSource, for: atTarget, at: target, isSource: false, sparing: edge)
  }

  /// The colour whose loads at both ends are least together, among those that both can have.
  private func bestShared(_ source: Int, _ target: Int) -> Int {
    var best = 0
    var least = Float.infinity
    for colour in 0..<colourCount {
      let (a, b) = (out[place(source, colour)], into[place(target, colour)])
      if a + b < least {
        least = a + b
        best = colour
      }
    }
    return best
  }

  private func least(_ loads: [Float], _ vertex: Int) -> Int {
    var best = 0
    for colour in 1..<colourCount
    where loads[place(vertex, colour)] < loads[place(vertex, best)] { best = colour }
    return best
  }

  private func place(_ vertex: Int, _ colour: Int) -> Int { vertex * colourCount + colour }

  /// Moves one edge after another from the heavier of two colours to the lighter.
  private mutating func swap(
    _ heavy: Int, for light: Int, at vertex: Int, isSource: Bool, sparing spared: Int
  ) {
    var (heavy, light, vertex, isSource, spared) = (heavy, light, vertex, isSource, spared)
    for _ in 0...2 * colours.count {
      guard load(vertex, heavy, isSource) > load(vertex, light, isSource) + 1,
        let edge = edge(of: heavy, at: vertex, isSource, sparing: spared)
      else { return }
      let other = Int(isSource ? targets[edge] : sources[edge])
      guard load(other, light, !isSource).isFinite else { return }
      count(edge, by: -1)
      colours[edge] = Int32(light)
      count(edge, by: 1)
      // What was relieved here weighs on the other end, in the other colour.
      (heavy, light, vertex, isSource, spared) = (light, heavy, other, !isSource, edge)
    }
  }

  private func load(_ vertex: Int, _ colour: Int, _ isSource: Bool) -> Float {
    isSource ? out[place(vertex, colour)] : into[place(vertex, colour)]
  }

  private func edge(
    of colour: Int, at vertex: Int, _ isSource: Bool, sparing spared: Int
  ) -> Int? {
    let place = place(vertex, colour)
    let edge =
      isSource ? edgesOut[place].last { $0 != spared } : edgesInto[place].last { $0 != spared }
    return edge.map(Int.init)
  }

  private mutating func count(_ edge: Int, by change: Float) {
    let colour = Int(colours[edge])
    let (source, target) = (place(Int(sources[edge]), colour), place(Int(targets[edge]), colour))
    out[source] += change
    into[target] += change
    if change > 0 {
      edgesOut[source].append(Int32(edge))
      edgesInto[target].append(Int32(edge))
    } else {
      edgesOut[source].removeAll { Int($0) == edge }
      edgesInto[target].removeAll { Int($0) == edge }
    }
  }
}
