// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import NetworkModel
internal import Traffic

/// A source of flows at work, one flow ahead of the run.
///
/// The state of a generator, a few hundred bytes, stands in an array of its own and is changed in
/// place: it would be moved twice for each flow if it stood in here.
enum FlowSource {
  case listed([ListedFlow], next: Int)
  case trace(TraceReader, trafficClass: Int)
  case generated(generator: Int, trafficClass: Int)
  /// Has no more flows.
  case exhausted
}

extension Run {
  func open(_ source: TrafficSource) throws(RunError) {
    switch source {
    case .listed(let flows):
      sources.append(.listed(flows, next: 0))
    case .trace(let trace):
      do throws(TraceError) {
        let reader = try TraceReader(file: trace.file)
        sources.append(.trace(reader, trafficClass: trace.trafficClass))
      } catch {
        throw .trace(error)
      }
    case .generated(let generator):
      generators.append(GeneratorState(generator, seed: model.seed))
      sources.append(
        .generated(generator: generators.count - 1, trafficClass: generator.trafficClass))
    }
  }

  /// How much of a source has been brought in, as far as that can be told.
  func fractionDone(of source: FlowSource) -> Double {
    switch source {
    case .listed(let flows, let next): Double(next) / Double(max(1, flows.count))
    case .trace(let reader, _): reader.fractionRead
    case .generated(let generator, _): generators[generator].fractionDrawn
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
