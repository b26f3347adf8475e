// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import TestSupport
import Testing

/// Services in scenarios, against steps taken one by one: where requests go, and what each waits for.
@Suite struct SteppedServiceTests {
  /// All that goes on at once, in turn: every routing, full batches, caches, refusals, and replicas
  /// that come and go, also before they are ready.
  private static func terms(_ seed: Int) -> ServiceTerms {
    let routings = ["least-waiting", "soonest", "by-cache", "nearest", "round-robin"]
    var terms = ServiceTerms(routing: routings[seed % 5], replicas: seed % 2 == 0 ? 2 : 1)
    terms.batchTokens = [.infinity, 700, 300][seed % 3]
    if seed % 4 == 1 { terms.batchRequests = 6 }
    if seed % 3 == 2 { (terms.mostWaiting, terms.batchRequests) = (1, 4) }
    if seed % 5 == 2 || seed % 4 == 3 { (terms.share, terms.prefixes, terms.kept) = (0.4, 5, 2) }
    if seed % 5 == 2 { terms.promise = 0.25 }
    if seed % 2 == 1 {
      terms.scale = .init(
        most: 3, every: 0.713, requests: 1.3, startsIn: seed % 4 == 1 ? 1.877 : 0.411)
    }
    return terms
  }

  /// Requests in throngs and with gaps, at instants of their own.
  private static func requests(_ seed: Int) -> [SteppedService.Request] {
    var stream = RandomStream(seed: UInt64(seed), name: "stepped service")
    var arrival = 0.0
    return (0..<180).map { number in
      let isThronged = number / 60 % 2 == 0
      arrival += Double.random(in: 0..<(isThronged ? 0.04 : 0.5), using: &stream)
      return SteppedService.Request(
        arrival: (arrival * 1e6).rounded() / 1e6,
        prompt: Double(Int.random(in: 1..<300, using: &stream)),
        output: Int.random(in: 1..<70, using: &stream))
    }
  }

  /// What a scenario says of the service beside its engine.
  private static func keys(_ terms: ServiceTerms) -> [String] {
    var keys = ["routing: \(terms.routing)"]
    if terms.mostWaiting < .max { keys.append("waiting: \(terms.mostWaiting)") }
    if terms.promise < .infinity { keys.append("slo: {ttft: \(terms.promise) s}") }
    if terms.prefixes > 0 {
      let prefixes = "prefixes: \(terms.prefixes), kept: \(terms.kept)"
      keys.append("cached: {share: \(terms.share * 100) %, \(prefixes)}")
    }
    if let scale = terms.scale {
      let times = "every: \(scale.every) s, starts_in: \(scale.startsIn) s"
      keys.append("scale: {most: \(scale.most), requests: \(scale.requests), \(times)}")
    }
    return keys
  }

  private static func scenario(_ terms: ServiceTerms) -> String {
    var engine = "accelerators: 8, mixed: 1.1"
    if terms.batchTokens < .infinity { engine += ", batch_tokens: \(Int(terms.batchTokens))" }
    if terms.batchRequests < .max { engine += ", batch_requests: \(terms.batchRequests)" }
    return """
      scenario: stepped
      network:
        links:
          - {name: near, from: users, to: east, capacity: 10 Gbps, delay: 10 ms, two_way: true}
          - {name: far, from: users, to: west, capacity: 10 Gbps, delay: 30 ms, two_way: true}
      pools:
        list:
          - {name: e, at: east, accelerator: H800, count: 24}
          - {name: w, at: west, accelerator: H800, count: 24}
      traffic:
        - inference:
            name: chat
            sites: [e, w]
            replicas: \(terms.replicas)
            engine:
              {\(engine), rates: {prefill: 3000 tokens/s, decode: 900 tokens/s, step: 4 ms}}
            requests: {file: requests.csv}
            from: [users]
            \(keys(terms).joined(separator: "\n      "))
      """
  }

  @Test(arguments: 0..<20)
  func requestsAreAnsweredAsStepsOneByOneHaveIt(seed: Int) throws {
    let (terms, requests) = (Self.terms(seed), Self.requests(seed))
    var stepped = SteppedService(terms, requests)
    stepped.run()
    let lines = requests.map { "\($0.arrival),\(Int($0.prompt)),\($0.output)\n" }
    let bench = try ComputingBench(
      Self.scenario(terms),
      files: ["requests.csv": "arrival_s,prompt_tokens,output_tokens\n" + lines.joined()])
    let rows = try bench.run.rows(of: "samples")
    let served = stepped.answers.indices.filter { stepped.answers[$0] != nil }
    #expect(Set(rows.compactMap { $0["request"] }) == Set(served.map { "\($0)" }))
    #expect(terms.mostWaiting == .max || served.count < requests.count)
    // Where few may wait, one replica a site may be enough for those who are not refused.
    let isEnough = terms.scale == nil || terms.mostWaiting < .max
    #expect(isEnough || Set(rows.map { $0["replica"] }).count > 2)
    var worst = 0.0
    for row in rows {
      let number = row["request"].flatMap { Int($0) } ?? 0
      let answer = try #require(stepped.answers[number])
      if row["replica"] != "\(answer.replica)" { worst = .infinity }
      for (column, value) in [
        ("queue_s", answer.queue), ("ttft_s", answer.firstToken), ("response_s", answer.end),
        ("tbt_s", (answer.end - answer.firstToken) / Double(requests[number].output)),
      ] {
        worst = max(worst, abs((row[column].flatMap { Double($0) } ?? .infinity) - value))
      }
    }
    #expect(worst < 3e-9)
  }
}
