// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Simulator
import Statistics
import TestSupport
import Testing
import Traces
import Traffic

/// Requests and jobs of traces in a run: their flows, and when they are over.
@Suite struct RoundTripTests {
  /// Two links between a and b, one a direction, of 8 Gbps and 1 ms.
  private func model(
    _ text: String, _ format: RoundTripTrace.Format = .requests,
    bytes: RoundTripBytes = RoundTripBytes(per: .token, input: 1, output: 2),
    isLocal: Bool = false, change: ((inout ModelSketch) -> Void)? = nil,
    in folder: ScratchFolder
  ) throws -> Model {
    var sketch = ModelSketch()
    let there = sketch.join("a", "b", 8e9, delay: 1_000_000)
    let back = sketch.join("b", "a", 8e9, delay: 1_000_000)
    change?(&sketch)
    let pair = RoundTripPlaces.Pair(
      there: sketch.route(over: [there]), back: sketch.route(over: [back]))
    var model = sketch.model
    model.traffic = [
      .roundTrips(
        RoundTripTrace(
          name: "t", file: try folder.write(text, to: "t.csv"), format: format,
          options: TraceOptions(reshaping: TraceReshaping()), trafficClass: 0, bytes: bytes,
          places: RoundTripPlaces(from: [1], to: [1], pairs: [isLocal ? nil : pair])))
    ]
    return model
  }

  private static let header = "timestamp_s,input_tokens,output_tokens\n"

  @Test func anAnswerSetsOutWhenTheRequestHasArrived() throws {
    let folder = try ScratchFolder()
    let run = try CompletedRun(
      model(Self.header + "0,1000000,1000000\n1,2000000,500000\n", in: folder))
    // 1 MB takes 1 ms of delay and 1 ms at 8 Gbps; the answer of 2 MB then 1 ms and 2 ms.
    #expect(
      run.finishes == [
        "t-1/in": 2_000_000, "t-1/out": 5_000_000, "t-2/in": 1_003_000_000,
        "t-2/out": 1_005_000_000,
      ])
    #expect(run.flowsByName["t-1/out"]?.start == 2_000_000)
    #expect(run.summary("t/rows") == 2 && run.summary("t/rows_finished") == 2)
    #expect(run.summary("t/tokens_in") == 3e6 && run.summary("t/tokens_out") == 1.5e6)
    #expect(run.summary("t/response_max") == 0.005)
    #expect(run.summary("bytes_delivered") == 3e6 + 2 * 1.5e6)
  }

  @Test func theResultOfAJobComesBehindItsRunTime() throws {
    let folder = try ScratchFolder()
    let jobs = """
      job_id,submission_time,requested_number_of_resources,execution_time
      x,50,3,10
      y,50,1,-1

      """
    let bytes = RoundTripBytes(per: .processor, input: 1e6, output: 0.5e6)
    let run = try CompletedRun(model(jobs, .jobs(.jobs), bytes: bytes, in: folder))
    // 3 MB and 1 MB share the link: 2 ms for the second, 4 ms for all, and 1 ms of delay.
    #expect(run.finishes["t-2/in"] == 3_000_000 && run.finishes["t-1/in"] == 5_000_000)
    #expect(run.flowsByName["t-1/out"]?.start == 10_005_000_000)
    // 1.5 MB at 8 Gbps, and the delay.
    #expect(run.finishes["t-1/out"] == 10_007_500_000 && run.flows.count == 3)
    #expect(run.summary("t/processor_time") == 30 && run.summary("t/run_times_unknown") == 1)
    #expect(run.summary("t/rows_finished") == 1)
  }

  @Test(arguments: 0..<5) func theyShareAsTheSameFlowsDoThatAreListed(seed: UInt64) throws {
    let folder = try ScratchFolder()
    var random = RandomStream(seed: seed, name: "requests")
    var text = Self.header
    var time = 0
    for _ in 0..<200 {
      time += Int(random.next() % 3) * 500
      text += "0.\(String(1_000_000 + time).dropFirst()),\(random.next() % 2_000_000),"
      text += "\(random.next() % 1_000_000)\n"
    }
    let run = try CompletedRun(model(text, in: folder))
    #expect(run.summary("t/rows") == 200 && run.flows.count > 390)
    var sketch = ModelSketch()
    let there = sketch.join("a", "b", 8e9, delay: 1_000_000)
    let back = sketch.join("b", "a", 8e9, delay: 1_000_000)
    for flow in run.flows {
      sketch.flow(
        flow.name, at: flow.start, bytes: flow.bytes,
        over: [flow.name.hasSuffix("/in") ? there : back])
    }
    #expect(try CompletedRun(sketch.model).finishes == run.finishes)
  }

  @Test func whatMovesNothingIsCountedAndOver() throws {
    let folder = try ScratchFolder()
    let empty = try CompletedRun(model(Self.header + "0,0,0\n1,0,1000000\n", in: folder))
    #expect(empty.finishes == ["t-2/out": 1_003_000_000])
    #expect(empty.summary("t/rows_finished") == 2)
    let local = try CompletedRun(model(Self.header + "0,9,9\n", isLocal: true, in: folder))
    #expect(local.flows.isEmpty && local.summary("t/rows_local") == 1)
    #expect(local.summary("t/tokens_in") == 9 && local.summary("t/rows_finished") == 1)
  }

  @Test func rowsBehindTheHorizonDoNotCount() throws {
    let folder = try ScratchFolder()
    let run = try CompletedRun(
      model(
        Self.header + "0,1,1\n9,1000000,1\n10,1,1\n11,1,1\n",
        change: { $0.duration = SimDuration(nanoseconds: 9_002_000_000) }, in: folder))
    // Of the second the request arrives at the horizon itself, and its answer no more.
    #expect(run.summary("t/rows") == 2 && run.summary("t/rows_finished") == 1)
    #expect(run.summary("t/tokens_in") == 1_000_001)
    #expect(run.finishes["t-2/in"] == 9_002_000_000 && run.finishes["t-2/out"] == nil)
  }

  @Test func aJobThatRunsKeepsTheRunGoing() throws {
    let folder = try ScratchFolder()
    let jobs = """
      job_id,submission_time,requested_number_of_resources,execution_time
      x,0,1,1000

      """
    let bytes = RoundTripBytes(per: .job, input: 1e6, output: 1e6)
    // A change far behind it would end the run if nothing was in progress.
    let run = try CompletedRun(
      model(
        jobs, .jobs(.jobs), bytes: bytes,
        change: { $0.change(0, at: 5_000_000_000_000, .repair) }, in: folder))
    #expect(run.finishes["t-1/out"] == 1_000_004_000_000)
  }

  @Test func nothingComesBackOfWhatBrokeOff() throws {
    let folder = try ScratchFolder()
    let run = try CompletedRun(
      model(
        Self.header + "0,8000000,1000\n1,1000,1000\n",
        change: { sketch in
          sketch.classes = [
            TrafficClass(
              name: "default", onFailure: .breakOff, patience: SimDuration(nanoseconds: 1_000_000))
          ]
          sketch.change(0, at: 3_000_000, .fail)
          sketch.change(0, at: 10_000_000, .repair)
        }, in: folder))
    #expect(Set(run.finishes.keys) == ["t-2/in", "t-2/out"])
    #expect(run.summary("flows_broken") == 1 && run.summary("t/rows_finished") == 1)
  }

  @Test func generatedFlowsAreAnswered() throws {
    var sketch = ModelSketch()
    let there = sketch.join("a", "b", 8e9, delay: 1_000_000)
    let back = sketch.join("b", "a", 8e9, delay: 1_000_000)
    let (route, other) = (sketch.route(over: [there]), sketch.route(over: [back]))
    sketch.generator(
      Generator(
        name: "g", trafficClass: 0, arrivals: .deterministic(perSecond: 1), sizes: .fixed(1e6),
        routes: [.init(route: route, weight: 1)], count: 2,
        answers: Answers(sizes: .inProportion(2), pause: .fixed(3), routes: [other])))
    let run = try CompletedRun(sketch.model)
    // 2 ms there, 3 s, and 1 ms + 2 ms back.
    #expect(
      run.finishes == [
        "g-1/in": 2_000_000, "g-1/out": 3_005_000_000, "g-2/in": 1_002_000_000,
        "g-2/out": 4_005_000_000,
      ])
    #expect(run.summary("g/answered") == 2 && run.summary("g/response_mean") == 3.005)
  }

  @Test func equalSeedsGiveEqualRuns() throws {
    let folder = try ScratchFolder()
    let text = Self.header + "0,1000000,1000000\n1,2000000,500000\n"
    let digests = try (0..<2).map { _ in
      try CompletedRun(model(text, in: folder)).outcome.digest
    }
    #expect(digests[0] == digests[1])
  }
}
