// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import NetworkModel
internal import Traffic

/// A source of flows at work, one flow ahead of the run.
enum FlowSource {
  case listed([ListedFlow], next: Int)
  case trace(TraceReader, trafficClass: Int)
  case generated(GeneratorState, trafficClass: Int)
  /// Has no more flows.
  case exhausted

  init(_ source: TrafficSource, seed: UInt64) throws(TraceError) {
    switch source {
    case .listed(let flows):
      self = .listed(flows, next: 0)
    case .trace(let trace):
      self = .trace(try TraceReader(file: trace.file), trafficClass: trace.trafficClass)
    case .generated(let generator):
      self = .generated(
        GeneratorState(generator, seed: seed), trafficClass: generator.trafficClass)
    }
  }
}

extension FlowSource {
  /// How much of it has been brought in, as far as that can be told.
  var fractionDone: Double {
    switch self {
    case .listed(let flows, let next): Double(next) / Double(max(1, flows.count))
    case .trace(let reader, _): reader.fractionRead
    case .generated(let state, _): state.fractionDrawn
    case .exhausted: 1
    }
  }
}

extension TrafficSource {
  /// The name that the flows of a generator are numbered under.
  var flowPrefix: String {
    if case .generated(let generator) = self { generator.name } else { "" }
  }
}
