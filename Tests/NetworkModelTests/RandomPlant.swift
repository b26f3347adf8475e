// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel

extension FibrePlant {
  /// Sites and fibres at random, with parallel fibres, equal lengths and parts that do not meet.
  ///
  /// Lengths are up to so many tenths of a km.
  static func random(
    sites: Int, fibres: Int, longest: Int = 4, using stream: inout RandomStream
  ) -> FibrePlant {
    var plant = FibrePlant(siteCount: sites)
    for index in 0..<fibres {
      let first = Int.random(in: 0..<sites, using: &stream)
      let second = Int.random(in: 0..<sites - 1, using: &stream)
      plant.add(
        Fibre(
          name: "f\(index)", first: NodeID(index: first),
          second: NodeID(index: second < first ? second : second + 1),
          length: Kilometres(Double(Int.random(in: 0...longest, using: &stream)) * 0.1)))
    }
    return plant
  }

  /// Every path between two sites that visits none twice.
  func allPaths(from: NodeID, to: NodeID) -> [FibrePath] {
    var paths: [FibrePath] = []
    func extend(_ sites: [NodeID], _ used: [FibreID], _ length: Double) {
      if sites.last == to {
        paths.append(FibrePath(sites: sites, fibres: used, length: Kilometres(length)))
        return
      }
      for (index, fibre) in fibres.enumerated() {
        guard let next = sites.last.flatMap({ fibre.end(across: $0) }), !sites.contains(next)
        else { continue }
        extend(sites + [next], used + [FibreID(index: index)], length + fibre.length.value)
      }
    }
    extend([from], [], 0)
    return paths
  }
}

extension PathMeasure {
  /// Whole numbers for lengths that are multiples of 0.1 km, as sums of fractions are not exact.
  func value(of path: FibrePath) -> [Int] {
    let tenths = Int((path.length.value * 10).rounded())
    return switch self {
    case .km: [tenths, path.hops]
    case .hops: [path.hops, tenths]
    case .delay(let perKm, let perHop):
      [Int((perKm * Double(tenths) + 10 * perHop * Double(path.hops)).rounded()), path.hops]
    }
  }

  func precedes(_ left: FibrePath, _ right: FibrePath) -> Bool {
    let keys = [left, right].map { path in
      value(of: path) + path.sites.map { Int($0.index) } + path.fibres.map { Int($0.index) }
    }
    return keys[0].lexicographicallyPrecedes(keys[1])
  }
}
