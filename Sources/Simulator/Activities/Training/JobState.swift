// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// How far a training job is.
struct JobState {
  /// The position of its first exchange; they stand side by side, the blocking ones first.
  let firstExchange: Int
  /// Transfers that must arrive before it starts.
  var awaited: Int
  var start: SimTime?
  var finish: SimTime?
  var iterationStart = SimTime.zero
  /// Nothing that is known of can disturb the iteration before this instant.
  var quietUntil = SimTime.zero
  var isComputing = false
  /// The blocking exchange under way, and the gradients' one, counted from 0; -1 where none is.
  var blocking = -1
  var gradients = -1
  /// Whether it has met the other sites in this iteration, where it is one of several.
  var hasMet = false
  var skip: Skip?
  var iterations = IterationCount()
  var statistics = JobStatistics()
  /// Bits that the iteration has put on each link of the fabric so far.
  var carried: [Double]

  /// Iterations that are taken to be like the one before them.
  struct Skip {
    var since: SimTime
    var iterations: Int
    var length: SimDuration

    /// Those that are over at an instant.
    func passed(by now: SimTime) -> Int {
      min(iterations, Int((now - since).nanoseconds / length.nanoseconds))
    }

    var end: SimTime {
      since + SimDuration(nanoseconds: length.nanoseconds * Int64(iterations))
    }
  }

  struct IterationCount {
    var wanted = 0
    var done = 0
    var simulated = 0
  }

  init(firstExchange: Int, linkCount: Int, awaited: Int = 0) {
    self.firstExchange = firstExchange
    self.awaited = awaited
    carried = Array(repeating: 0, count: linkCount)
  }

  /// Counts bits on some links of the fabric, whose first one has a number.
  mutating func carry(_ bits: Double, over links: [LinkID], behind first: Int) {
    for link in links { carried[Int(link.index) - first] += bits }
  }

  var fractionDone: Double { Double(iterations.done) / Double(max(1, iterations.wanted)) }
}

/// What a job's iterations add up to.
struct JobStatistics {
  /// Compute phases of all iterations, and what they took on top of them.
  var computeSeconds = 0.0
  var exposedSeconds = 0.0
  /// What the last simulated iteration took on top.
  var lastExposed = 0.0
  /// Bus bits and seconds of the exchange that the bus bandwidth is told of.
  var busBits = 0.0
  var busSeconds = 0.0
  var bitsSent = 0.0
  /// What the last simulated iteration sent, and what it adds to bus bits and seconds.
  var lastBits = 0.0
  var lastBus = (bits: 0.0, seconds: 0.0)
  /// Transfers over the fabric, with their mean throughputs added up; and those of the last simulated
  /// iteration.
  var transfers = 0
  var throughputs = 0.0
  var lastTransfers = (count: 0, throughputs: 0.0)
  var slowest = SlowestTransfer()
  /// Mean over most of what the uplinks of its leaves carried in the last iteration.
  var linkBalance = Double.nan

  struct SlowestTransfer {
    var throughput = Double.infinity
    var source: Int32 = -1
    var target: Int32 = -1
  }

  /// Forgets the iteration before.
  mutating func beginIteration() {
    lastBus = (0, 0)
    lastTransfers = (0, 0)
  }

  /// Counts iterations like the last simulated one that were not simulated themselves.
  mutating func pass(_ iterations: Int, compute: Double) {
    count(iterations, compute: compute)
    transfers += iterations * lastTransfers.count
    throughputs += Double(iterations) * lastTransfers.throughputs
  }

  /// Counts iterations like the last simulated one, but for its transfers, which are counted as they end.
  mutating func count(_ iterations: Int, compute: Double) {
    let count = Double(iterations)
    computeSeconds += count * compute
    exposedSeconds += count * lastExposed
    bitsSent += count * lastBits
    busBits += count * lastBus.bits
    busSeconds += count * lastBus.seconds
  }

  mutating func note(_ transfer: SlowestTransfer) {
    transfers += 1
    throughputs += transfer.throughput
    lastTransfers.count += 1
    lastTransfers.throughputs += transfer.throughput
    // Those that differ by the rounding of a nanosecond are equal, and the first is told.
    if transfer.throughput < slowest.throughput * (1 - 1e-6) { slowest = transfer }
  }
}
