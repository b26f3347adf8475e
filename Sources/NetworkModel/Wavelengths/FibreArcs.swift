// SPDX-License-Identifier: GPL-3.0-or-later

/// The two directions of every fibre, listed by the site that they leave.
///
/// An arc is twice the fibre's position, plus 1 from its second site to its first: it is also the
/// row of a strand where the directions of a fibre have a spectrum each.
struct FibreArcs: Sendable {
  private var starts: [Int32]
  private var arcs: [Int32]
  private var heads: [Int32]

  var count: Int { heads.count }
  var siteCount: Int { starts.count - 1 }

  init(_ plant: FibrePlant) {
    var leaving = [[Int32]](repeating: [], count: plant.siteCount)
    heads = []
    for (index, fibre) in plant.fibres.enumerated() {
      leaving[Int(fibre.first.index)].append(Int32(2 * index))
      leaving[Int(fibre.second.index)].append(Int32(2 * index + 1))
      heads += [fibre.second.index, fibre.first.index]
    }
    starts = [0]
    arcs = []
    for list in leaving {
      arcs += list
      starts.append(Int32(arcs.count))
    }
  }

  /// The arcs that leave a site, in the order of their fibres.
  func leaving(_ site: Int) -> ArraySlice<Int32> {
    arcs[Int(starts[site])..<Int(starts[site + 1])]
  }

  func head(_ arc: Int) -> Int { Int(heads[arc]) }
  func tail(_ arc: Int) -> Int { Int(heads[arc ^ 1]) }
}
