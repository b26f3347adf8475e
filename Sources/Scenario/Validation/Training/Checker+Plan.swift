// SPDX-License-Identifier: GPL-3.0-or-later
internal import Traffic
internal import YAMLReader

// Whether a model and a plan fit together.

extension Checker {
  /// Numbers beyond these are slips of the pen, and their products would not fit.
  private static let mostParameters = 1e18
  private static let mostCount = 1_000_000_000

  mutating func isSound(_ model: ModelSection) -> Bool {
    var isSound = true
    func check(_ good: Bool, _ text: String, _ key: String, at origin: Origin) {
      guard !good else { return }
      report(text, at: origin, key: key)
      isSound = false
    }
    check(
      model.parameters.value <= Checker.mostParameters,
      "found more than 1e18, expected fewer", "parameters", at: model.origin)
    for (key, value, most) in [
      ("layers", model.layers.value, 100_000), ("hidden", model.hidden.value, 10_000_000),
      ("sequence", model.sequence.value, Checker.mostCount),
    ] {
      check(value <= most, "found \(value), expected at most \(most)", key, at: model.origin)
    }
    guard let experts = model.experts else { return isSound }
    check(
      experts.perToken.value <= experts.count.value,
      "found more than there are, expected at most \(experts.count.value)", "per_token",
      at: experts.origin)
    check(
      experts.activeParameters.value <= model.parameters.value,
      "found more than the model has, expected at most its parameters", "active_parameters",
      at: experts.origin)
    return isSound
  }

  mutating func isSound(_ plan: PlanSection, for model: ModelSection) -> Bool {
    var isSound = true
    func check(_ good: Bool, _ text: String, _ key: String) {
      guard !good else { return }
      report(text, at: plan.origin, key: key)
      isSound = false
    }
    let counts = [
      ("data", plan.data.value), ("tensor", plan.tensor.value), ("pipeline", plan.pipeline.value),
      ("expert", plan.expert.value), ("microbatch", plan.microbatch.value),
    ]
    for (key, value) in counts {
      check(value <= 100_000, "found \(value), expected at most 100000", key)
    }
    check(
      plan.batch.value <= Checker.mostCount,
      "found \(plan.batch.value), expected at most \(Checker.mostCount)", "batch")
    guard isSound else { return false }
    let together = plan.data.value * plan.microbatch.value
    check(
      plan.batch.value.isMultiple(of: together),
      "found \(plan.batch.value), expected a multiple of data x microbatch, \(together)", "batch")
    check(
      plan.pipeline.value <= model.layers.value,
      "found more stages than layers, expected at most \(model.layers.value)", "pipeline")
    check(
      plan.data.value.isMultiple(of: plan.expert.value),
      "found \(plan.expert.value), expected a divisor of data, \(plan.data.value)", "expert")
    let experts = model.experts?.count.value ?? 1
    check(
      experts.isMultiple(of: plan.expert.value),
      "found \(plan.expert.value), expected a divisor of the experts, \(experts)", "expert")
    check(
      plan.data.value * plan.tensor.value * plan.pipeline.value > 1,
      "found a plan of one accelerator, expected 2 or more", "data")
    return isSound
  }
}

extension ModelSection {
  var transformer: Transformer {
    Transformer(
      parameters: parameters.value, layers: layers.value, hidden: hidden.value,
      sequence: sequence.value, precision: precision,
      experts: experts.map {
        .init(
          count: $0.count.value, chosen: $0.perToken.value,
          activeParameters: $0.activeParameters.value)
      })
  }
}

extension PlanSection {
  var parallelPlan: ParallelPlan {
    ParallelPlan(
      data: data.value, tensor: tensor.value, pipeline: pipeline.value, expert: expert.value,
      batch: batch.value, microbatch: microbatch.value, algorithm: algorithm,
      isSharded: isSharded, overlap: overlap.share, efficiency: efficiency.value.share)
  }
}
