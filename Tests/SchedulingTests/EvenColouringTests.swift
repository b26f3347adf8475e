// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Scheduling

/// Colours are as even as König's theorem says they can be.
@Suite struct EvenColouringTests {
  private func mostOfOneColour(_ edges: [(Int, Int)], vertices: Int, colours: Int) -> Int {
    var colouring = EvenColouring(vertices: vertices, colours: colours) { _, _, _ in 0 }
    for edge in edges { colouring.add(from: edge.0, to: edge.1) }
    var loads: [[Int]: Int] = [:]
    for (edge, colour) in zip(edges, colouring.colours) {
      loads[[0, edge.0, Int(colour)], default: 0] += 1
      loads[[1, edge.1, Int(colour)], default: 0] += 1
    }
    return loads.values.max() ?? 0
  }

  @Test(arguments: 1...20)
  func aRegularGraphHasNoColourTwice(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), name: "colouring")
    let (vertices, degree) = (9, 8)
    // As many permutations as there are colours: an edge of each vertex in each.
    let edges = (0..<degree).flatMap { _ in
      Array(zip(0..<vertices, (0..<vertices).shuffled(using: &stream)))
    }.shuffled(using: &stream)
    #expect(mostOfOneColour(edges, vertices: vertices, colours: degree) == 1)
    #expect(mostOfOneColour(edges, vertices: vertices, colours: 4) == 2)
    #expect(mostOfOneColour(edges, vertices: vertices, colours: 3) == 3)
  }

  @Test func whatIsLoadedOrDownIsAvoided() {
    var colouring = EvenColouring(vertices: 2, colours: 3) { vertex, colour, isTarget in
      colour == 0 && vertex == 0 && !isTarget ? .infinity : colour == 1 ? 5 : 0
    }
    for _ in 0..<4 { colouring.add(from: 0, to: 1) }
    #expect(colouring.colours == [2, 2, 2, 2])
  }
}
