// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

// The phases of an iteration, from a model and a plan.
//
// A pipeline of p stages and m microbatches takes m + p - 1 slots, as both 1F1B and GPipe do. In a slot each
// stage computes one microbatch forward and backward; its layers each take two all-reduces of the
// activations forward and two backward over the tensor group (M. Shoeybi et al., "Megatron-LM",
// arXiv:1909.08053), and with experts two all-to-alls each way; and it exchanges activations and
// their gradients with the stages beside it (D. Narayanan et al., SC 2021). What repeats within
// an iteration is one exchange of as many repeats.

extension TrainingJob {
  /// A job that trains a model by a plan on accelerators of one type.
  ///
  /// - Returns: nil where an iteration takes longer than time can tell.
  public init?(
    _ model: Transformer, _ plan: ParallelPlan, on accelerator: Accelerator, name: String,
    trafficClass: Int = 0, fabric: Int = 0, firstGPU: Int = 0, start: SimTime = .zero,
    iterations: Int = 1
  ) {
    let peak = accelerator.peak(model.precision)
    let tokens = Double(plan.microbatch) * Double(model.sequence)
    let slotOperations =
      tokens * model.operationsPerToken / Double(plan.tensor * plan.pipeline)
    let seconds = Double(plan.slots) * slotOperations / (peak * plan.efficiency)
    guard let compute = SimDuration(seconds: seconds) else { return nil }
    self.init(
      name: name, trafficClass: trafficClass, fabric: fabric, firstGPU: firstGPU,
      gpus: plan.gpus, start: start, iterations: iterations, compute: compute,
      overlap: plan.overlap, blocking: Self.blocking(model, plan),
      gradients: Self.gradients(model, plan),
      operations: Double(plan.batch) * Double(model.sequence) * model.operationsPerToken,
      peak: peak * Double(plan.gpus))
  }

  private static func blocking(_ model: Transformer, _ plan: ParallelPlan) -> [JobExchange] {
    let activations = Double(plan.microbatch) * model.activationBytes
    // The stage with most layers sets the pace.
    let layers = (model.layers + plan.pipeline - 1) / plan.pipeline
    var exchanges: [JobExchange] = []
    if plan.expert > 1, let experts = model.experts {
      // Each rank of a tensor group holds its part of the tokens.
      let bytes = activations * Double(experts.chosen) / Double(plan.tensor)
      exchanges.append(
        JobExchange(
          .experts, Collective(.allToAll, ranks: plan.expert, bytes: bytes), stride: plan.tensor,
          repeats: 4 * layers * plan.slots))
    }
    if plan.tensor > 1 {
      exchanges.append(
        JobExchange(
          .tensors, Collective(.allReduce, ranks: plan.tensor, bytes: activations),
          repeats: 4 * layers * plan.slots))
    }
    if plan.pipeline > 1 {
      let bytes = activations / Double(plan.tensor)
      exchanges.append(
        JobExchange(
          .pipeline, Collective(.neighbours, ranks: plan.pipeline, bytes: bytes),
          stride: plan.tensor * plan.data, repeats: plan.slots))
    }
    return exchanges
  }

  /// The gradients of what all data ranks hold, and those of experts over the ranks that hold the same.
  private static func gradients(_ model: Transformer, _ plan: ParallelPlan) -> [JobExchange] {
    let shards = Double(plan.tensor * plan.pipeline)
    let spread = plan.expert > 1 ? model.expertParameters : 0
    let shared = (model.parameters - spread) / shards * Transformer.bytesPerNumber
    let own = spread / (shards * Double(plan.expert)) * Transformer.bytesPerNumber
    return reduction(of: shared, over: plan.data, stride: plan.tensor, plan)
      + reduction(
        of: own, over: plan.data / plan.expert, stride: plan.tensor * plan.expert, plan)
  }

  private static func reduction(
    of bytes: Double, over ranks: Int, stride: Int, _ plan: ParallelPlan
  ) -> [JobExchange] {
    guard ranks > 1, bytes > 0 else { return [] }
    func exchange(
      _ purpose: JobExchange.Purpose, _ kind: Collective.Kind
    ) -> JobExchange {
      JobExchange(
        purpose, Collective(kind, plan.algorithm, ranks: ranks, bytes: bytes), stride: stride)
    }
    return plan.isSharded
      ? [exchange(.gradients, .reduceScatter), exchange(.parameters, .allGather)]
      : [exchange(.gradients, .allReduce)]
  }
}
