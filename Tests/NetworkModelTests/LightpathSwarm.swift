// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel

/// A plant at random on which lightpaths come and go and fibres are cut and mended.
///
/// Beside the spectrum it keeps by itself who has which slot of which strand.
struct LightpathSwarm {
  struct Cell: Hashable {
    var row: Int32
    var slot: Int32
  }

  struct Lightpath {
    var path: Int
    var first: Int32
    var count: Int32
  }

  let plant: FibrePlant
  let layout: StrandLayout
  let router: LightRouter
  private(set) var table = CandidateTable()
  private(set) var spectrum: SpectrumTable
  private(set) var lightpaths: [Lightpath] = []
  private(set) var owners: [Cell: Lightpath] = [:]
  private(set) var faults: [String] = []
  private(set) var blocked: Set<BlockReason> = []
  private var isDown: StrandSet
  private var cut: Set<FibreID> = []
  private var needs: [Int32] = []

  init(using stream: inout RandomStream) {
    let sites = Int.random(in: 2...7, using: &stream)
    plant = FibrePlant.random(
      sites: sites, fibres: Int.random(in: 1...12, using: &stream), using: &stream)
    layout = StrandLayout.allCases.randomElement(using: &stream) ?? .twoWay
    router = LightRouter(
      assignment: ChannelAssignment.allCases.randomElement(using: &stream) ?? .firstFit,
      search: ChannelSearch.allCases.randomElement(using: &stream) ?? .pathFirst)
    let rows = layout.rowCount(of: plant)
    spectrum = SpectrumTable(
      rows: rows, slots: [9, 20, 70, 140].randomElement(using: &stream) ?? 9)
    isDown = StrandSet(rows: rows)
    let finder = PathFinder(plant)
    for from in 0..<sites {
      for to in 0..<sites where from != to {
        table.beginPair()
        let ends = (NodeID(index: from), NodeID(index: to))
        for path in finder.shortest(from: ends.0, to: ends.1, count: 3, by: .km) {
          table.addPath(strands: layout.rows(of: path, in: plant))
          needs.append(Int32(path.hops > 3 ? 0 : path.hops))
        }
      }
    }
  }

  mutating func step(using stream: inout RandomStream) {
    switch Int.random(in: 0..<20, using: &stream) {
    case 0:
      let fibre = FibreID(index: Int.random(in: 0..<plant.fibres.count, using: &stream))
      if cut.contains(fibre) { mend(fibre) } else { fail(fibre, using: &stream) }
    case 1...6:
      if let index = lightpaths.indices.randomElement(using: &stream) { release(at: index) }
    default:
      light(Int.random(in: 0..<table.pairCount, using: &stream), using: &stream)
    }
  }

  mutating func releaseAll() {
    while !lightpaths.isEmpty { release(at: 0) }
  }

  private mutating func light(_ pair: Int, using stream: inout RandomStream) {
    let candidates = table.candidates(ofPair: pair)
    let needs = needs
    let outcome = router.place(
      candidates, of: table, slots: { needs[$0] }, in: spectrum, isDown: isDown, using: &stream)
    switch outcome {
    case .blocked(let reason):
      blocked.insert(reason)
    case .placed(let place):
      take(Lightpath(path: Int(place.path), first: place.first, count: place.count))
    }
  }

  private mutating func take(_ lightpath: Lightpath) {
    for cell in cells(of: lightpath) {
      if isDown.contains(cell.row) { faults.append("light on a strand that is down") }
      if owners.updateValue(lightpath, forKey: cell) != nil { faults.append("a slot used twice") }
    }
    spectrum.occupy(
      rows: table.strands(ofPath: lightpath.path), first: Int(lightpath.first),
      count: Int(lightpath.count))
    lightpaths.append(lightpath)
  }

  private mutating func release(at index: Int) {
    let lightpath = lightpaths.remove(at: index)
    for cell in cells(of: lightpath) { owners[cell] = nil }
    spectrum.release(
      rows: table.strands(ofPath: lightpath.path), first: Int(lightpath.first),
      count: Int(lightpath.count))
  }

  /// Everything on the fibre goes dark, and as many requests for the same paths' pairs follow.
  private mutating func fail(_ fibre: FibreID, using stream: inout RandomStream) {
    cut.insert(fibre)
    let rows = layout.rows(of: fibre)
    for row in rows { isDown.insert(row) }
    var index = 0
    while index < lightpaths.count {
      let path = lightpaths[index].path
      guard table.strands(ofPath: path).contains(where: rows.contains) else {
        index += 1
        continue
      }
      release(at: index)
      let pair = (0..<table.pairCount).first { table.candidates(ofPair: $0).contains(path) }
      // What is lit anew stands at the end, and keeps clear of the cut.
      if let pair { light(pair, using: &stream) }
    }
  }

  private mutating func mend(_ fibre: FibreID) {
    cut.remove(fibre)
    for row in layout.rows(of: fibre) { isDown.remove(row) }
  }

  private func cells(of lightpath: Lightpath) -> [Cell] {
    table.strands(ofPath: lightpath.path).flatMap { row in
      (lightpath.first..<lightpath.first + lightpath.count).map { Cell(row: row, slot: $0) }
    }
  }
}
