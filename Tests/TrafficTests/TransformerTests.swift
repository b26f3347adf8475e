// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Testing
import Traffic

/// What a model and a plan make of an iteration.
@Suite struct TransformerTests {
  private let gpt3 = Transformer(
    parameters: 12 * 96 * 12_288 * 12_288, layers: 96, hidden: 12_288, sequence: 2048)
  private let plan = ParallelPlan(
    data: 16, tensor: 8, pipeline: 8, batch: 1536, microbatch: 1, efficiency: 0.5)

  private var a100: Accelerator {
    get throws { try #require(Accelerator.builtIn(named: "A100")) }
  }

  /// Megatron counts 72 B s l h^2 (1 + s / 6 h), without vocabulary and recomputation.
  ///
  /// D. Narayanan and others, SC 2021, equation 2.
  @Test func operationsAreThoseOfMegatron() {
    let (l, h, s) = (96.0, 12_288.0, 2048.0)
    let expected = 72 * l * h * h * (1 + s / (6 * h))
    #expect(abs(gpt3.operationsPerToken / expected - 1) < 1e-12)
  }

  @Test func anIterationComputesWithTheBubbleOfThePipeline() throws {
    let job = try #require(TrainingJob(gpt3, plan, on: a100, name: "gpt3"))
    #expect(job.gpus == 1024 && plan.microbatches == 96)
    let ideal = 1536 * 2048 * gpt3.operationsPerToken / (1024 * 312e12 * 0.5)
    #expect(abs(job.compute.seconds / (ideal * 103 / 96) - 1) < 1e-9)
  }

  @Test func exchangesAreThoseOfThePlan() throws {
    let job = try #require(TrainingJob(gpt3, plan, on: a100, name: "gpt3"))
    #expect(job.blocking.map(\.purpose) == [.tensors, .pipeline])
    let activations = 2048.0 * 12_288 * 2
    #expect(job.blocking[0].collective == Collective(.allReduce, ranks: 8, bytes: activations))
    #expect(job.blocking[0].repeats == 4 * 12 * 103)
    #expect(job.blocking[1].stride == 128 && job.blocking[1].repeats == 103)
    #expect(job.blocking[1].collective.bytes == activations / 8)
    let gradients = try #require(job.gradients.first)
    #expect(gradients.stride == 8 && gradients.collective.ranks == 16)
    #expect(gradients.collective.bytes == gpt3.parameters / 64 * 2)
  }

  /// The groups of each exchange hold every rank once.
  @Test func groupsTileTheJob() throws {
    let job = try #require(TrainingJob(gpt3, plan, on: a100, name: "gpt3"))
    for exchange in job.blocking + job.gradients {
      let ranks = (0..<1024 / exchange.collective.ranks).flatMap { group in
        (0..<exchange.collective.ranks).map { exchange.rank($0, ofGroup: group) }
      }
      #expect(ranks.sorted() == Array(0..<1024))
    }
  }

  @Test func expertsHoldWhatTokensDoNotGoThrough() throws {
    var model = gpt3
    // 100 shared and 8 experts of 25, of which a token goes through 2.
    model.parameters = 300
    model.experts = .init(count: 8, chosen: 2, activeParameters: 150)
    #expect(abs(model.expertParameters - 200) < 1e-9)
    var spread = plan
    spread.expert = 4
    let job = try #require(TrainingJob(model, spread, on: a100, name: "moe"))
    #expect(job.blocking.map(\.purpose) == [.experts, .tensors, .pipeline])
    #expect(job.gradients.map(\.collective.ranks) == [16, 4])
    #expect(job.gradients.map(\.stride) == [8, 32])
    let bytes = job.gradients.map { $0.collective.bytes * 64 / 2 }
    #expect(abs(bytes[0] - 100) < 1e-9 && abs(bytes[1] - 50) < 1e-9)
  }

  @Test func shardedGradientsAreScatteredAndParametersGathered() throws {
    var sharded = plan
    sharded.isSharded = true
    let job = try #require(TrainingJob(gpt3, sharded, on: a100, name: "gpt3"))
    #expect(job.gradients.map(\.collective.kind) == [.reduceScatter, .allGather])
  }

  @Test func everyAcceleratorHasItsFigures() {
    let all = Accelerator.builtIn()
    #expect(all.count == 7 && Set(all.map(\.name)).count == 7)
    #expect(all.allSatisfy { $0.eightBit >= 1.99 * $0.bf16 && $0.interconnect.value > 1e12 })
    for type in all {
      #expect(64...128 ~= type.memory_GB && 1.5...4 ~= type.memory_TB_s, "\(type.name)")
      #expect(700...1500 ~= type.full_W && type.idle_W == type.full_W / 4, "\(type.name)")
      #expect(type.power_W(load: 0.5) == 0.625 * type.full_W, "\(type.name)")
      // Reading a prompt is cheaper than writing, and figures have a source.
      let (prefill, decode) = (type.prefill_tokens_s, type.decode_tokens_s)
      #expect((prefill == nil) == (decode == nil) && (prefill == nil) == (type.tokenSource == nil))
      #expect((prefill ?? 2) > (decode ?? 1), "\(type.name)")
    }
  }
}
