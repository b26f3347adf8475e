// SPDX-License-Identifier: GPL-3.0-or-later
import Compute
import EventKernel
import Testing

/// An engine with continuous batching, against steps taken one by one.
@Suite struct BatchEngineTests {
  /// Drives an engine as a run does: what comes in an instant is there before it is moved on.
  private func finished(
    _ requests: [SteppedEngine.Request], by terms: EngineTerms
  ) -> [BatchEngine.Finished] {
    var engine = BatchEngine(terms)
    var (done, next): ([BatchEngine.Finished], Int) = ([], 0)
    while next < requests.count || engine.isBusy {
      let arrival = next < requests.count ? time(requests[next].arrival) : .distantFuture
      let now = min(arrival, engine.nextChange ?? .distantFuture)
      while next < requests.count, time(requests[next].arrival) == now {
        let request = requests[next]
        engine.submit(
          EngineRequest(
            id: Int32(next), promptTokens: request.prompt, outputTokens: Int64(request.output)),
          at: now)
        next += 1
      }
      engine.advance(to: now, into: &done)
    }
    return done.sorted { $0.id < $1.id }
  }

  private func time(_ seconds: Double) -> SimTime {
    SimTime(nanoseconds: Int64((seconds * 1e9).rounded()))
  }

  private static let knots = StepTimes.knots(
    StepKnots([
      .init(batchTokens: 100, promptTime: 0.1, tokenTime: 0.010),
      .init(batchTokens: 300, promptTime: 0.2, tokenTime: 0.030),
      .init(batchTokens: 400, promptTime: 0.4, tokenTime: 0.035),
    ]))

  /// By hand: P(200) = 0.15, P(500) = 0.6, P(40) = 0.07; D(1) = 0.0001, D(500) = 0.04; 1.1 P(201).
  @Test func timesAreLinearBetweenAndBeyondKnots() {
    for (prompt, requests, seconds) in [
      (200.0, 0, 0.15), (500, 0, 0.6), (40, 0, 0.07), (0, 1, 0.0001), (0, 500, 0.04),
      (200, 1, 1.1 * 0.1505),
    ] {
      let found = Self.knots.seconds(promptTokens: prompt, requests: requests)
      #expect(abs(found - seconds) < 1e-12, "\(prompt) \(requests)")
    }
    let rates = StepTimes.rates(StepRates(prefill: 1000, decode: 100, floor: 0.03))
    #expect(rates.seconds(promptTokens: 50, requests: 2) == 0.07)
    #expect(rates.seconds(promptTokens: 0, requests: 1) == 0.03)
  }

  /// By hand, with steps of 200 tokens at most.
  ///
  /// a (100, 3 tokens) begins at 0 and has its first
  /// token at 0.1. b and c (100 each) came meanwhile and fill the step: a is left out until
  /// P(200) = 0.15 later; c asks for one token only. Then a and b take D(2) = 0.0002 together until
  /// a is done after two, and b D(1) = 0.0001 for its last.
  @Test func promptsGoFirstAndMayLeaveOthersOut() {
    let done = finished(
      [
        .init(arrival: 0, prompt: 100, output: 3), .init(arrival: 0.04, prompt: 100, output: 4),
        .init(arrival: 0.05, prompt: 100, output: 1),
      ], by: EngineTerms(times: Self.knots, batchTokens: 200))
    let expected = [(0.0, 0.1, 0.2504), (0.1, 0.25, 0.2505), (0.1, 0.25, 0.25)]
    for (found, (start, first, end)) in zip(done, expected) {
      #expect((found.start, found.first, found.end) == (time(start), time(first), time(end)))
    }
    #expect(done.count == 3)
  }

  @Test(arguments: 0..<60)
  func itAnswersAsStepsOneByOneDo(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), name: "engine")
    let limits: [Double] = [.infinity, 900, 400, 40]
    let terms = EngineTerms(
      times: seed.isMultiple(of: 2)
        ? Self.knots : .rates(StepRates(prefill: 3000, decode: 900, floor: 0.004, mixed: 1.1)),
      batchTokens: limits[seed % 4], batchRequests: seed % 5 == 0 ? 7 : .max)
    var arrival = 0.0
    let requests = (0..<200).map { _ in
      // Whole microseconds, and now and then two at once.
      arrival += Double(Int.random(in: 0..<8, using: &stream)) * 0.031_217
      return SteppedEngine.Request(
        arrival: (arrival * 1e6).rounded() / 1e6,
        prompt: Double(Int.random(in: 1..<400, using: &stream)),
        output: Int.random(in: 1..<60, using: &stream))
    }
    let expected = SteppedEngine.answers(to: requests, by: terms)
    let found = finished(requests, by: terms)
    #expect(found.count == requests.count)
    let worst = zip(found, expected).reduce(0) { worst, pair in
      let (one, other) = pair
      return max(
        worst, abs(one.start.seconds - other.start), abs(one.first.seconds - other.first),
        abs(one.end.seconds - other.end))
    }
    #expect(worst < 2e-9)
  }
}
