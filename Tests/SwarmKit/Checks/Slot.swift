// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator

/// One channel, or slot of the flexible grid, of one fibre in one direction.
struct Slot: Hashable, CustomStringConvertible {
  var fibre: Int
  var isBack: Bool
  var number: Int

  var description: String { "slot \(number) of fibre \(fibre)" }

  /// All that a row of lightpaths.csv takes; those of both directions count as one where
  /// lightpaths are two-way.
  static func all(of row: Table.Row, in model: Model) -> [Slot] {
    let names = row.parts("path")
    let fibres = fibres(of: names, in: model)
    let stretches = row.parts("channel").map(numbers)
    guard !stretches.isEmpty else { return [] }
    // Which stretch a fibre belongs to is only told where all are alike, or where there is one each.
    let areAlike = stretches.allSatisfy { $0 == stretches[0] }
    guard areAlike || stretches.count == fibres.count else { return [] }
    return fibres.enumerated().flatMap { place, fibre in
      stretches[areAlike ? 0 : place].map { number in
        let start = model.topology[model.light.plant.fibres[fibre].first]
        return Slot(
          fibre: fibre, isBack: !model.light.isTwoWay && names[place] != start, number: number)
      }
    }
  }

  private static func numbers(_ text: String) -> [Int] {
    let ends = text.split(separator: "-").compactMap { Int($0) }
    guard let first = ends.first, let last = ends.last, first <= last else { return [] }
    return Array(first...last)
  }

  /// The fibres between the nodes of a path; of two between the same nodes the first.
  static func fibres(of names: [String], in model: Model) -> [Int] {
    let plant = model.light.plant
    return zip(names, names.dropFirst()).compactMap { from, to in
      plant.fibres.firstIndex { fibre in
        let ends = [model.topology[fibre.first], model.topology[fibre.second]]
        return ends == [from, to] || ends == [to, from]
      }
    }
  }
}
