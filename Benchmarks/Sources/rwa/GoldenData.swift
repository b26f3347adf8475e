// SPDX-License-Identifier: GPL-3.0-or-later
import Measuring
import NetworkModel

/// NSFNET, tables of candidate paths, and the blocking that other programs find with them.
struct GoldenData {
  /// One result of another program.
  struct Row {
    var source: String
    var isElastic: Bool
    var policy: String
    var table: String
    var isTruncated: Bool
    var slots: Int
    var load: Double
    var blocking: Double
    var halfWidth: Double
  }

  let folder: String
  let plant: FibrePlant
  let rows: [Row]

  init(folder: String) throws(MissingFile) {
    self.folder = folder
    var plant = FibrePlant()
    for line in try textLines(of: folder + "/fibres.csv").dropFirst() {
      let fields = line.split(separator: ",").map { Words.number(String($0)) }
      plant.add(
        Fibre(
          name: String(line), first: NodeID(index: Int(fields[0]) - 1),
          second: NodeID(index: Int(fields[1]) - 1), length: Kilometres(fields[2])))
    }
    self.plant = plant
    rows = try textLines(of: folder + "/blocking.csv").dropFirst().map { line in
      let fields = line.split(separator: ",").map(String.init)
      return Row(
        source: fields[0], isElastic: fields[1] == "rmsa", policy: fields[2], table: fields[3],
        isTruncated: fields[4] == "truncated", slots: Int(Words.number(fields[5])),
        load: Words.number(fields[6]), blocking: Words.number(fields[8]),
        halfWidth: Words.number(fields[9]))
    }
  }

  /// The paths of each pair, in the order in which they are tried.
  func paths(ofTable name: String) throws(MissingFile) -> [[FibrePath]] {
    if name == "spectrum_50" { return leastSpectrum(count: 50) }
    return try textLines(of: "\(folder)/\(name).txt").map { line in
      line.split(separator: ",").map { path(over: $0.split(separator: " ")) }
    }
  }

  /// Paths by hops, and then by how much spectrum a rate takes on all their fibres together.
  private func leastSpectrum(count: Int) -> [[FibrePath]] {
    let finder = PathFinder(plant)
    let sites = 0..<plant.siteCount
    let pairs = sites.flatMap { first in sites.filter { $0 != first }.map { (first, $0) } }
    return pairs.map { from, to in
      let paths = finder.shortest(
        from: NodeID(index: from), to: NodeID(index: to), count: count, by: .hops)
      let keys = paths.map { path in
        let sites = path.sites.map { "\($0.index + 1)" }.joined(separator: ", ")
        return (
          Double(path.hops) / Double(Modulation.efficiency(of: path)), path.hops,
          SHA256.hash("[\(sites)]")
        )
      }
      return paths.indices.sorted { precedes(keys[$0], keys[$1]) }.map { paths[$0] }
    }
  }

  private func precedes(_ left: (Double, Int, [UInt32]), _ right: (Double, Int, [UInt32])) -> Bool {
    if (left.0, left.1) != (right.0, right.1) { return (left.0, left.1) < (right.0, right.1) }
    return left.2.lexicographicallyPrecedes(right.2)
  }

  private func path(over names: [Substring]) -> FibrePath {
    let sites = names.map { NodeID(index: Int(Words.number(String($0))) - 1) }
    let fibres = zip(sites, sites.dropFirst()).map { first, second in
      guard let index = plant.fibres.firstIndex(where: { $0.end(across: first) == second }) else {
        Words.stop("no fibre joins \(first.index + 1) and \(second.index + 1)")
      }
      return FibreID(index: index)
    }
    return FibrePath(
      sites: sites, fibres: fibres,
      length: Kilometres(fibres.reduce(0) { $0 + plant[$1].length.value }))
  }
}

/// The modulations of the elastic rows: so many bits a symbol up to so many kilometres.
enum Modulation {
  static func efficiency(of path: FibrePath) -> Int {
    switch path.length.value {
    case ...625: 4
    case ...1250: 3
    case ...2500: 2
    default: 1
    }
  }

  /// Slots of 12.5 GHz for a rate in Gb/s, with one that guards.
  static func slots(rate: Int, efficiency: Int) -> Int32 {
    Int32((2 * rate + 25 * efficiency - 1) / (25 * efficiency) + 1)
  }
}
