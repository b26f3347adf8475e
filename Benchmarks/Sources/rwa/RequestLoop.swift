// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc
import NetworkModel
import Statistics

/// Requests at random that come, take a place, and give it back.
///
/// They arrive in one Poisson stream for the whole network, between any two sites alike; the load
/// is the rate of arrivals times the mean of the holding time, which is 1 s.
struct RequestLoop: ~Copyable {
  /// What a loop is asked to do.
  struct Recipe {
    var paths: [[FibrePath]]
    var layout: StrandLayout
    var slots: Int
    var load: Double
    var isElastic: Bool
    var isTruncated: Bool
    var router: LightRouter
    /// How many paths of each pair may be taken.
    var pathLimit: Int
    var seed: UInt64
  }

  private let recipe: Recipe
  private var table = CandidateTable()
  /// The bits a symbol of each path; 1 everywhere where every lightpath takes one slot.
  private var efficiency: [UInt8] = []
  /// By rate and efficiency, for the elastic rows.
  private var slotTable: [Int32] = []
  private var spectrum: SpectrumTable
  private let isDown: StrandSet
  private var queue = EventQueue<ChannelPlacement>()
  private var arrival = SimTime.zero
  private var gaps: RandomStream
  private var holdings: RandomStream
  private var pairs: RandomStream
  private var rates: RandomStream
  private var channels: RandomStream
  /// How many were turned away because some strand had no free block on each path, since the start.
  private(set) var lackedChannel = 0
  /// How many because no block was free on all strands of a path.
  private(set) var lackedContinuity = 0

  init(_ recipe: Recipe, plant: FibrePlant) {
    self.recipe = recipe
    let rows = recipe.layout.rowCount(of: plant)
    spectrum = SpectrumTable(rows: rows, slots: recipe.slots)
    isDown = StrandSet(rows: rows)
    gaps = RandomStream(seed: recipe.seed, name: "gaps")
    holdings = RandomStream(seed: recipe.seed, name: "holdings")
    pairs = RandomStream(seed: recipe.seed, name: "pairs")
    rates = RandomStream(seed: recipe.seed, name: "rates")
    channels = RandomStream(seed: recipe.seed, name: "channels")
    for paths in recipe.paths {
      table.beginPair()
      for path in paths.prefix(recipe.pathLimit) {
        table.addPath(strands: recipe.layout.rows(of: path, in: plant))
        efficiency.append(UInt8(Modulation.efficiency(of: path)))
      }
    }
    for rate in 0...100 {
      for efficiency in 0...4 {
        slotTable.append(
          efficiency == 0 ? 0 : Modulation.slots(rate: rate, efficiency: efficiency))
      }
    }
  }

  /// Handles the next requests, and tells how many were turned away.
  mutating func handle(_ count: Int) -> Int {
    var blocked = 0
    let gap = 1e9 / recipe.load
    for _ in 0..<count {
      arrival = SimTime(nanoseconds: arrival.nanoseconds + Int64(gaps.nextExponential() * gap))
      while let next = queue.nextTime, next <= arrival, let (_, gone) = queue.pop() {
        spectrum.release(
          rows: table.strands(ofPath: Int(gone.path)), first: Int(gone.first),
          count: Int(gone.count))
      }
      let pair = Int(pairs.next(upperBound: UInt64(table.pairCount)))
      switch decide(pair) {
      case .placed(let placement):
        spectrum.occupy(
          rows: table.strands(ofPath: Int(placement.path)), first: Int(placement.first),
          count: Int(placement.count))
        queue.push(
          placement, at: SimTime(nanoseconds: arrival.nanoseconds + Int64(holding() * 1e9)))
      case .blocked(let reason):
        blocked += 1
        if case .noContinuity = reason { lackedContinuity += 1 } else { lackedChannel += 1 }
      }
    }
    return blocked
  }

  private mutating func decide(_ pair: Int) -> PlacementOutcome {
    let candidates = table.candidates(ofPair: pair)
    guard recipe.isElastic else {
      return recipe.router.place(
        candidates, of: table, slots: { _ in 1 }, in: spectrum, isDown: isDown, using: &channels)
    }
    let rate = 25 + Int(rates.next(upperBound: 76 as UInt64))
    let (efficiency, slotTable) = (efficiency, slotTable)
    return recipe.router.place(
      candidates, of: table, slots: { slotTable[rate * 5 + Int(efficiency[$0])] }, in: spectrum,
      isDown: isDown, using: &channels)
  }

  private mutating func holding() -> Double {
    var time = holdings.nextExponential()
    while recipe.isTruncated, time > 2 { time = holdings.nextExponential() }
    return time
  }

  /// The blocking after a tenth of the requests to warm up, from the means of 20 batches.
  mutating func blocking(requests: Int) -> ConfidenceInterval? {
    _ = handle(requests / 10)
    let batch = requests / 20
    var means = RunningMoments()
    for _ in 0..<20 { means.add(Double(handle(batch)) / Double(batch)) }
    return ConfidenceInterval(of: means)
  }
}

extension RandomStream {
  /// A number of the exponential distribution of mean 1.
  fileprivate mutating func nextExponential() -> Double {
    -log(nextUniformPositive())
  }
}
