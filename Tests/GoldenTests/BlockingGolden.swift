// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import TestSupport

/// NSFNET and what other programs find of the blocking of lightpaths on it.
struct BlockingGolden {
  struct Row: CustomStringConvertible {
    var source: String
    var policy: String
    var table: String
    var isTruncated: Bool
    var slots: Int
    var load: Double
    var blocking: Double
    var halfWidth: Double

    var isElastic: Bool { table.contains("directed") }
    var description: String { "\(source) \(policy) \(table) \(slots) at \(load) E" }
  }

  let plant: FibrePlant
  let rows: [Row]
  private let folder: String

  init(beside file: String = #filePath) throws {
    folder = file.prefix(through: file.lastIndex(of: "/") ?? file.startIndex) + "Data/rwa/"
    var plant = FibrePlant()
    for line in try lines(ofFile: folder + "fibres.csv").dropFirst() {
      let fields = line.split(separator: ",").compactMap { Double($0) }
      plant.add(
        Fibre(
          name: String(line), first: NodeID(index: Int(fields[0])),
          second: NodeID(index: Int(fields[1])), length: Kilometres(fields[2])))
    }
    self.plant = plant
    rows = try lines(ofFile: folder + "blocking.csv").dropFirst().map { line in
      let fields = line.split(separator: ",").map(String.init)
      let numbers = fields.map { Double($0) ?? .nan }
      return Row(
        source: fields[0], policy: fields[2], table: fields[3],
        isTruncated: fields[4] == "truncated", slots: Int(numbers[5]), load: numbers[6],
        blocking: numbers[8], halfWidth: numbers[9])
    }
  }

  /// The paths of each pair, as sites.
  func paths(ofTable name: String) throws -> [[[NodeID]]] {
    try lines(ofFile: folder + name + ".txt").map { line in
      line.split(separator: ",").map { path in
        path.split(separator: " ").compactMap { Int($0).map(NodeID.init(index:)) }
      }
    }
  }

  func fibrePath(over sites: [NodeID]) -> FibrePath {
    let fibres = zip(sites, sites.dropFirst()).compactMap { first, second in
      plant.fibres.firstIndex { $0.end(across: first) == second }.map(FibreID.init(index:))
    }
    let length = fibres.reduce(0) { $0 + plant[$1].length.value }
    return FibrePath(sites: sites, fibres: fibres, length: Kilometres(length))
  }
}
