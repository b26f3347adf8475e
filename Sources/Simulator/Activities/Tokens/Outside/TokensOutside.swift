// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling
internal import Traffic

/// A program outside that says where the tokens of some traffics go.
///
/// It is told what is asked for and how far sites are, source by source where that has changed, and
/// asked as a step of the day begins, when routes have changed, and when it wants to be.
final class TokensOutside {
  private let seam: OutsideSeam
  /// By traffic: what it knows of each source.
  private var told: [Int: [TokenNews]] = [:]
  /// Calls that are planned.
  private var calls: [Int: SimTime] = [:]

  init(_ seam: OutsideSeam) {
    self.seam = seam
  }

  /// Where tokens go, and when it wants to be asked again.
  func ask(
    _ question: TokenQuestion, about index: Int, _ traffic: TokenTraffic
  ) throws(RunError) -> (answer: TokenAnswer, callAt: SimTime?) {
    let reply: TokensReply = try seam.ask(
      at: question.instant, parts: traffic.sources.count * traffic.services.count
    ) {
      addNews(question, about: index, traffic, to: &$0)
    } question: { writer in
      writer.member(",\"tokens\":", traffic.name)
      writer.member(",\"step\":", Int64(question.step))
    }
    let check = TokensCheck(seam: seam, question: question, traffic: traffic)
    let answer = try check.answer(reply)
    return (answer, try newCall(reply.callAt, at: question.instant, of: index))
  }

  /// A call that is not planned yet.
  private func newCall(
    _ time: Int64?, at now: SimTime, of index: Int
  ) throws(RunError) -> SimTime? {
    guard let call = try seam.call(at: time, after: now), calls[index] != call else { return nil }
    calls[index] = call
    return call
  }

  private func addNews(
    _ question: TokenQuestion, about index: Int, _ traffic: TokenTraffic,
    to writer: inout MessageWriter
  ) {
    let before = told[index]
    let now = zip(question.asked, question.delays).map { TokenNews(asked: $0, delays: $1) }
    told[index] = now
    let changed = now.indices.filter { before?[$0] != now[$0] }
    guard !changed.isEmpty else { return }
    writer.member("{\"type\":\"changed\",\"t\":", question.instant.nanoseconds)
    writer.member(",\"tokens\":[{\"name\":", traffic.name)
    writer.raw(",\"sources\":")
    writer.list(changed) { source, writer in
      writer.member("{\"at\":", traffic.sources[source].node)
      if before?[source].asked != now[source].asked {
        writer.raw(",\"asked\":")
        writer.list(now[source].asked) { $1.number($0) }
      }
      if before?[source].delays != now[source].delays {
        writer.raw(",\"delays\":")
        writer.list(now[source].delays) { delay, writer in
          if let delay { writer.number(delay.nanoseconds) } else { writer.raw("null") }
        }
      }
      writer.raw("}")
    }
    writer.raw("}]}")
    writer.endLine()
  }
}

/// What a program knows of a source: tokens a second by service, and delays by site.
private struct TokenNews: Equatable {
  var asked: [Double]
  var delays: [SimDuration?]
}

extension Tokens {
  /// Has the programs decide that do.
  func enlistPolicies() {
    var known: [PolicyCommand] = []
    for traffic in model.tokens {
      guard let command = model.tokenPrograms[traffic.name], !known.contains(command) else {
        continue
      }
      known.append(command)
      let decided = model.tokens.filter { model.tokenPrograms[$0.name] == command }
      var parts = GreetingParts()
      parts.add("tokens") { $0.list(decided) { $1.add($0) } }
      let policy = TokensOutside(world.programs.seam("tokens", by: command, telling: parts))
      for index in model.tokens.indices
      where model.tokenPrograms[model.tokens[index].name] == command {
        outside[index] = policy
      }
    }
  }

  /// Where what is asked for goes from now on.
  func answer(to question: TokenQuestion, of index: Int) throws(RunError) -> TokenAnswer {
    guard let policy = outside[index] else { return books[index].policy.answer(to: question) }
    let (answer, call) = try policy.ask(question, about: index, books[index].traffic)
    if let call { world.plan(.tokens(.policyIsCalled(traffic: Int32(index))), at: call) }
    return answer
  }
}

extension MessageWriter {
  /// What does not change of a token traffic.
  fileprivate mutating func add(_ traffic: TokenTraffic) {
    member("{\"name\":", traffic.name)
    raw(",\"services\":")
    list(traffic.services) { service, writer in
      writer.member("{\"name\":", service.name)
      writer.raw(",\"input_tokens\":")
      writer.number(service.inputTokens)
      writer.raw(",\"output_tokens\":")
      writer.number(service.outputTokens)
      writer.raw("}")
    }
    raw(",\"sites\":")
    list(traffic.sites) { site, writer in
      writer.member("{\"at\":", site.node)
      if let speed = site.speed {
        writer.raw(",\"input_per_s\":")
        writer.number(speed.input)
        writer.raw(",\"output_per_s\":")
        writer.number(speed.output)
      }
      writer.raw("}")
    }
    raw(",\"sources\":")
    list(traffic.sources) { source, writer in
      writer.member("{\"at\":", source.node)
      writer.raw("}")
    }
    raw("}")
  }
}
