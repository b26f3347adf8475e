// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Traffic

/// How a plan is laid out over sites.
@Suite struct SitePlanTests {
  private let model = Transformer(parameters: 100e9, layers: 80, hidden: 10_240, sequence: 4096)

  private func site(_ gpus: Int, _ name: String = "A100") throws -> JobSite {
    JobSite(gpus: gpus, accelerator: try #require(Accelerator.builtIn(named: name)))
  }

  private func plan(_ data: Int, pipeline: Int = 4, batch: Int = 1024) -> ParallelPlan {
    ParallelPlan(data: data, tensor: 8, pipeline: pipeline, batch: batch, efficiency: 0.4)
  }

  /// No other shares that hold all pieces are done earlier.
  @Test(arguments: 0..<60)
  func sharesAreTheBestThereAre(seed: Int) {
    let sites = 2 + seed % 2
    let shares = WorkShares(
      pieces: 7 + seed % 23, atOnce: (0..<sites).map { 1 + (seed * 7 + $0 * 3) % 4 },
      seconds: (0..<sites).map { 1 + Double((seed * 5 + $0 * 11) % 7) / 3 }, extra: seed % 4)
    func time(_ rounds: [Int]) -> Double {
      zip(rounds, shares.seconds).map { Double($0 + shares.extra) * $1 }.max() ?? 0
    }
    func holdAll(_ rounds: [Int]) -> Bool {
      zip(rounds, shares.atOnce).reduce(0) { $0 + $1.0 * $1.1 } >= shares.pieces
    }
    let found = shares.rounds()
    var best = Double.infinity
    let all = 1...shares.pieces
    for first in all {
      for second in all {
        for third in sites == 3 ? Array(all) : [0] {
          let rounds = Array([first, second, third].prefix(sites))
          if holdAll(rounds) { best = min(best, time(rounds)) }
        }
      }
    }
    #expect(holdAll(found))
    #expect(abs(time(found) / best - 1) < 1e-9, "\(shares): \(found)")
  }

  @Test func equalSitesGetEqualParts() throws {
    let laid = try SitePlan(model, plan(16), over: [site(256), site(256)], .data)
    #expect(laid.parts[0] == laid.parts[1])
    #expect(laid.parts[0].plan.data == 8 && laid.parts[0].plan.batch == 512)
    let jobs = try #require(laid.jobs(name: "x", span: 0))
    let whole = try #require(
      TrainingJob(model, plan(16), on: site(256).accelerator, name: "x"))
    #expect(jobs[0].compute == whole.compute)
    #expect(jobs[0].gradients.map(\.collective.kind) == [.reduceScatter, .allGather])
    #expect(jobs[0].membership?.meeting == .gradients(behind: 1))
    #expect(laid.gradientBytes == 200e9)
  }

  @Test func aFasterSiteGetsMoreOfTheBatch() throws {
    let sites = [try site(256, "H100"), try site(512, "A100")]
    let fair = try SitePlan(model, plan(24, batch: 4800), over: sites, .data)
    let batches = fair.parts.map { Double($0.plan.batch) }
    #expect(abs(batches[0] / batches[1] / (989 / 2 / 312) - 1) < 0.03)
    #expect((4800..<4824).contains(Int(batches[0] + batches[1])))
    let equal = try SitePlan(model, plan(24, batch: 4800), over: sites, .data, .equal)
    #expect(equal.parts.map(\.plan.batch) == [1600, 3200])
    let slowest = [fair, equal].map { laid in
      laid.jobs(name: "x", span: 0)?.map(\.compute).max() ?? .zero
    }
    #expect(slowest[0].seconds < 0.7 * slowest[1].seconds)
  }

  @Test func stagesGetLayersBySpeed() throws {
    let sites = [try site(256, "H100"), try site(256, "A100")]
    let laid = try SitePlan(model, plan(8, pipeline: 8), over: sites, .pipeline)
    // 989 to 312: 60.8 and 19.2 layers of 80.
    #expect(laid.parts.map(\.model.layers) == [61, 19])
    #expect(laid.parts.map(\.plan.slots) == [135, 135])
    let parameters = laid.parts.reduce(0) { $0 + $1.model.parameters }
    #expect(abs(parameters / 100e9 - 1) < 1e-12)
    let pipeline = try #require(laid.pipeline)
    #expect(pipeline.bytes == 8 * 4096 * 10_240 * 2)
    let operations = laid.parts.reduce(0) { $0 + $1.model.operationsPerToken }
    #expect(abs(operations / model.operationsPerToken - 1) < 1e-12)
    let equal = try SitePlan(model, plan(8, pipeline: 8), over: sites, .pipeline, .equal)
    #expect(equal.parts.map(\.model.layers) == [40, 40])
  }

  /// Equal stages at equal sites: the pipeline of one site, with its bubble.
  @Test func aPipelineOverEqualSitesComputesAsLongAsOnOne() throws {
    let laid = try SitePlan(
      model, plan(8, pipeline: 8), over: [site(256), site(256)], .pipeline)
    let whole = try #require(
      TrainingJob(model, plan(8, pipeline: 8), on: site(256).accelerator, name: "x"))
    let compute = try #require(laid.pipeline?.compute)
    #expect(abs(compute.seconds / whole.compute.seconds - 1) < 1e-6)
  }

  @Test func whatDoesNotFitIsTold() throws {
    func problem(
      _ plan: ParallelPlan, _ gpus: [Int], _ spread: SiteSpread
    ) throws -> SitePlanProblem? {
      let sites = try gpus.map { try site($0) }
      do throws(SitePlanProblem) {
        _ = try SitePlan(model, plan, over: sites, spread)
        return nil
      } catch {
        return error
      }
    }
    #expect(try problem(plan(16), [256, 256], .data) == nil)
    #expect(try problem(plan(16), [256, 255], .data)?.key == nil)
    #expect(try problem(plan(16), [256, 224], .data)?.key == "data")
    #expect(try problem(plan(8, pipeline: 8), [256, 192], .pipeline)?.key == "pipeline")
    var experts = plan(16)
    experts.expert = 16
    #expect(try problem(experts, [256, 256], .data)?.key == "expert")
  }
}
