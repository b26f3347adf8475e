// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// How far a job over sites is in its iteration, and what it has under way between them.
struct SpanState {
  var hops: [HopState]
  /// Sites that wait where they meet, and that have done all of the iteration.
  var waiting = 0
  var done = 0
  /// Hops that the ring under way waits for.
  var pendingHops = 0
  var stops: [PipelineStop]
  /// Bits that the iteration has put on each link between sites, and on all hops together.
  var carried: [Int: Double] = [:]
  var bits = 0.0
  /// Bits of all iterations that are over, and of the last one that was simulated.
  var bitsInAll = 0.0
  var lastBits = 0.0
  /// Nothing that is known of can disturb what goes between sites before this instant.
  var quietUntil = SimTime.zero
  var skip: JobState.Skip?

  init(_ job: SpanningJob) {
    hops = job.hops.map { _ in HopState() }
    switch job.exchange {
    case .ring: stops = []
    case .pipeline(let pipeline):
      stops = Array(repeating: PipelineStop(), count: 2 * pipeline.sites.count)
    }
  }
}

/// A hop: its flow class, and the transfers in line for it.
struct HopState {
  /// The flow class in use, which may be a detour; none before the first.
  var flowClass = FlowClassID.none
  /// Transfers whose first byte is through and that wait for those before them.
  var inLine = 0
  /// Connections of the transfer under way that are not done.
  var connections = 0
}

/// The stages of a site in one direction of the pipeline.
struct PipelineStop {
  /// The instant at which the first of its stages can take another microbatch.
  var free = SimTime.zero
  /// Microbatches that have left the last of its stages.
  var left = 0
}

/// A site and a direction of a pipeline, as one number.
struct StopNumber: BitwiseCopyable {
  var number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  init(site: Int, isBackward: Bool) {
    number = Int32(2 * site + (isBackward ? 1 : 0))
  }

  var site: Int { Int(number / 2) }
  var isBackward: Bool { number % 2 == 1 }
  /// The stop that microbatches go to from here; it may be none.
  var next: StopNumber {
    StopNumber(site: isBackward ? site - 1 : site + 1, isBackward: isBackward)
  }
}
