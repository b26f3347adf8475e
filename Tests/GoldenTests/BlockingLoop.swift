// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Statistics

/// Requests for lightpaths between any two sites alike, in one Poisson stream.
///
/// The load is the arrivals per second, as the mean holding time is 1 s.
struct BlockingLoop: ~Copyable {
  var table = CandidateTable()
  /// The bits a symbol of each path; nil where every lightpath takes one slot.
  var efficiencies: [Int]?
  var router = LightRouter()
  var isTruncated = false
  private var spectrum: SpectrumTable
  private let load: Double
  private var queue = EventQueue<ChannelPlacement>()
  private var now = 0.0
  private var stream = RandomStream(seed: 5, name: "requests")
  private let times = Sampler(.exponential(mean: 1))

  init(rows: Int, slots: Int, load: Double) {
    spectrum = SpectrumTable(rows: rows, slots: slots)
    self.load = load
  }

  /// The blocking after a tenth of the requests to warm up, from the means of 10 batches.
  mutating func blocking(requests: Int) -> ConfidenceInterval? {
    var series: [Double] = []
    for _ in 0..<requests { series.append(isServed() ? 0 : 1) }
    return ConfidenceInterval(batchMeansOf: series, warmUp: requests / 10, batches: 10)
  }

  private mutating func isServed() -> Bool {
    now += times.next(using: &stream) / load
    while let time = queue.nextTime, time.seconds <= now, let (_, gone) = queue.pop() {
      spectrum.release(
        rows: table.strands(ofPath: Int(gone.path)), first: Int(gone.first), count: Int(gone.count))
    }
    let needs = needs()
    let outcome = router.place(
      table.candidates(ofPair: Int.random(in: 0..<table.pairCount, using: &stream)), of: table,
      slots: needs, in: spectrum, isDown: StrandSet(rows: spectrum.rows), using: &stream)
    guard case .placed(let place) = outcome else { return false }
    spectrum.occupy(
      rows: table.strands(ofPath: Int(place.path)), first: Int(place.first),
      count: Int(place.count))
    var holding = times.next(using: &stream)
    while isTruncated, holding > 2 { holding = times.next(using: &stream) }
    queue.push(place, at: SimTime(nanoseconds: Int64((now + holding) * 1e9)))
    return true
  }

  /// How many slots of 12.5 GHz a request needs on each path.
  private mutating func needs() -> (Int) -> Int32 {
    guard let efficiencies else { return { _ in 1 } }
    let rate = Double(Int.random(in: 25...100, using: &stream))
    return { Int32((rate / (12.5 * Double(efficiencies[$0]))).rounded(.up)) + 1 }
  }
}
