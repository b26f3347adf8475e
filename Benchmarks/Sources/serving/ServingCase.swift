// SPDX-License-Identifier: GPL-3.0-or-later
import Compute
import EventKernel
import Measuring
import NetworkModel
import Results
import Scheduling
import Simulator
import Statistics
import Traffic

/// Requests to one service, each answered by itself.
///
/// Requests of 1024 tokens in and 200 out on average, both lognormal of variation 1, come as a Poisson
/// process.
struct ServingCase {
  /// How the times of an engine's steps are known.
  enum Engine: String, CaseIterable {
    /// By rates: 10,000 tokens a second in or 4,000 out, in steps of 30 ms at least.
    case rates
    /// By nine knots, those of Llama-2-70B on eight H100 to 0.1 ms (splitwise-sim, MIT licence).
    case times
  }

  let engine: Engine
  let routing: RequestRouting
  let replicas: Int
  let requests: Int
  /// What requests take of replicas with full batches, over what there is.
  let load: Double

  struct Measured {
    var seconds: Double
    var events: Int
    var peak: Int
  }

  private static let tokens = (input: 1024.0, output: 200.0)
  private static let rates = StepRates(prefill: 10_000, decode: 4_000, floor: 0.03)
  private static let knots = StepKnots(
    zip(tokensOfKnots, zip(promptTimes_ms, tokenTimes_ms)).map { tokens, times in
      .init(batchTokens: tokens, promptTime: times.0 / 1000, tokenTime: times.1 / 1000)
    })
  private static let tokensOfKnots: [Double] = [
    128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768,
  ]
  private static let promptTimes_ms = [
    58.2, 51.7, 53.9, 77.7, 134.4, 376.2, 831.5, 1551.7, 2936.3,
  ]
  private static let tokenTimes_ms = [29.9, 28.3, 30.6, 30.0, 31.6, 31.3, 32.6, 38.6, 50.2]

  /// CPU seconds from the model to the outcome, with nothing written.
  func measure() throws -> Measured {
    let model = model
    Memory.forgetPeak()
    let start = cpuSeconds()
    let run = try Run(model)
    while try run.advance(instants: 4096) {}
    let outcome = try run.finish()
    let seconds = cpuSeconds() - start
    let served = outcome.summary.rows.first { $0.metric == "inference_served" }?.value
    guard served == Double(requests) else {
      Words.stop("\(requests) came, and not all were served")
    }
    return Measured(seconds: seconds, events: outcome.events, peak: Memory.peak)
  }

  private var model: Model {
    var topology = Topology()
    let node = topology.addNode("users")
    let engine = EngineTerms(accelerators: 8, times: stepTimes)
    let site = ServiceSite(pool: 0, replicas: replicas, most: replicas, engine: engine)
    var service = InferenceService(
      name: "chat", sites: [site], source: .generated(generator))
    service.routing = routing
    var pool = PoolDesign(
      name: "p", identifier: "p", node: node, accelerator: "H800", count: 8 * replicas)
    pool.serving = pool.count
    var model = Model(
      name: "serving", topology: topology, outputs: Outputs(kinds: []))
    model.computing = ComputingModel(pools: [pool])
    model.serving = ServingModel(services: [service])
    return model
  }

  private var generator: InferenceGenerator {
    InferenceGenerator(
      name: "chat", arrivals: .poisson(perSecond: load * Double(replicas) / secondsPerRequest),
      input: .lognormal(mean: Self.tokens.input, variation: 1),
      output: .lognormal(mean: Self.tokens.output, variation: 1), count: requests)
  }
  private var stepTimes: StepTimes {
    engine == .rates ? .rates(Self.rates) : .knots(Self.knots)
  }

  /// What a request takes of a replica: by its rates, or the time of its prompt by itself.
  private var secondsPerRequest: Double {
    switch engine {
    case .rates: Self.tokens.input / Self.rates.prefill + Self.tokens.output / Self.rates.decode
    case .times: Self.knots.seconds(promptTokens: Self.tokens.input, requests: 1)
    }
  }
}
