// SPDX-License-Identifier: GPL-3.0-or-later
import Compute

/// Continuous batching as plainly as it can be said: one step at a time, in seconds.
enum SteppedEngine {
  struct Request {
    var arrival: Double
    var prompt: Double
    var output: Int
  }

  struct Answer {
    var start: Double
    var first: Double
    var end: Double
    var left: Int
  }

  static func answers(to requests: [Request], by terms: EngineTerms) -> [Answer] {
    var answers = requests.map { Answer(start: 0, first: 0, end: 0, left: $0.output) }
    var (now, next) = (0.0, 0)
    var (waiting, answered): ([Int], [Int]) = ([], [])
    while next < requests.count || !waiting.isEmpty || !answered.isEmpty {
      if waiting.isEmpty, answered.isEmpty { now = max(now, requests[next].arrival) }
      while next < requests.count, requests[next].arrival <= now {
        waiting.append(next)
        next += 1
      }
      var (prompts, tokens): ([Int], Double) = ([], 0)
      while let first = waiting.first, answered.count + prompts.count < terms.batchRequests,
        prompts.isEmpty || tokens + requests[first].prompt <= terms.batchTokens
      {
        prompts.append(waiting.removeFirst())
        tokens += requests[first].prompt
      }
      var (taking, size): ([Int], Double) = ([], tokens)
      for one in answered {
        if !(prompts.isEmpty && taking.isEmpty), size + 1 > terms.batchTokens { break }
        taking.append(one)
        size += 1
      }
      let begin = now
      now += terms.times.seconds(promptTokens: tokens, requests: taking.count)
      for one in prompts { (answers[one].start, answers[one].first) = (begin, now) }
      for one in taking + prompts {
        answers[one].left -= 1
        answers[one].end = now
      }
      answered = (answered + prompts).filter { answers[$0].left > 0 }
    }
    return answers
  }
}
