// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// A link of either format of SNDlib.
struct SNDlibLink {
  var source: Int
  var target: Int
  /// In the unit of the demands.
  var capacity: Double
  /// Where in the text it stands.
  var offset: Int
}

extension NetworkDraft {
  /// Adds all links of a file.
  ///
  /// Whether links have a direction stands in a model file that stands beside the network. Where
  /// each has an opposite, they have: a network does not have each of its links twice by chance.
  mutating func add(_ links: [SNDlibLink]) {
    let unit = demandUnit
    edges = links.map { link in
      let capacity = unit.flatMap {
        link.capacity > 0 ? BitsPerSecond($0.value * link.capacity) : nil
      }
      return Edge(
        source: link.source, target: link.target, capacity: capacity, offset: link.offset)
    }
    var balance: [Pair: Int] = [:]
    for edge in edges {
      balance[Pair(edge), default: 0] += edge.source < edge.target ? 1 : -1
    }
    isDirected = !edges.isEmpty && balance.values.allSatisfy { $0 == 0 }
  }

  /// Takes the unit of demands from the words of the files.
  mutating func take(unit: String) {
    switch unit {
    case "BITSPERSEC", "BITPERSEC": demandUnit = BitsPerSecond(1)
    case "KBITPERSEC": demandUnit = BitsPerSecond(1e3)
    case "MBITPERSEC": demandUnit = BitsPerSecond(1e6)
    case "GBITPERSEC": demandUnit = BitsPerSecond(1e9)
    default: warnings.append("the unit of demands, \(Fault.quoted(unit)), is not known")
    }
  }

  /// Two nodes, whichever comes first.
  struct Pair: Hashable {
    var lower: Int
    var upper: Int

    init(_ edge: Edge) {
      lower = min(edge.source, edge.target)
      upper = max(edge.source, edge.target)
    }
  }
}
