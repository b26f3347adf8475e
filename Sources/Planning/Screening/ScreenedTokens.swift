// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Simulator
internal import Traffic

/// Where tokens go in each hour as links stand, and what of them crosses which.
///
/// The policy of the run is asked, with what it would be asked in the run.
struct ScreenedTokens {
  /// Demands there and back.
  var streams: [ScreenedStream] = []
  /// Tokens a second, by hour.
  var asked: [Double]
  var refused: [Double]
  /// The part of its time that each site of each traffic is busy, by hour; 0 without a limit.
  var uses: [[[Double]]] = []
  /// Places from which no site can be reached.
  var cutOff: [String] = []

  init(hours: Int) {
    asked = Array(repeating: 0, count: hours)
    refused = asked
  }
}

/// Asks where the tokens of one traffic go.
struct TokenScreening {
  let traffic: TokenTraffic
  let model: Model
  let hours: ScreenedHours

  /// The ways to a site that are open, each with its links there and back.
  private struct Way {
    var up: [Int32]
    var down: [Int32]
    var pair: RoutePair
  }

  /// Whether all its routes are the same with some links down.
  func isUntouched(by down: DownLinks) -> Bool {
    traffic.sources.allSatisfy { source in
      source.routes.allSatisfy { routes in
        routes.allSatisfy { pair in
          down.areUp(model.routes[pair.up].links.lazy.map(\.index))
            && down.areUp(model.routes[pair.down].links.lazy.map(\.index))
        }
      }
    }
  }

  func place(into placed: inout ScreenedTokens, _ down: inout DownLinks) {
    var ways: [[[Way]]] = []
    var delays: [[SimDuration?]] = []
    for source in traffic.sources {
      let open = source.routes.map { $0.compactMap { way(of: $0, &down) } }
      ways.append(open)
      delays.append(
        zip(open, source.routes).map { mean(of: $0, isThere: $1.isEmpty, down) })
      if delays.last?.allSatisfy({ $0 == nil }) ?? false { placed.cutOff.append(source.node) }
    }
    let answers = (0..<hours.count).map { answer(inHour: $0, delays) }
    for (hour, answer) in answers.enumerated() { book(answer, hour, into: &placed) }
    placed.uses.append(answers.map(\.uses))
    addStreams(answers, ways, to: &placed)
  }

  private func way(of pair: RoutePair, _ down: inout DownLinks) -> Way? {
    let there = model.routes[pair.up]
    let back = model.routes[pair.down]
    guard let up = links(of: there, &down), let way = links(of: back, &down) else { return nil }
    return Way(up: up, down: way, pair: pair)
  }

  private func links(of route: Route, _ down: inout DownLinks) -> [Int32]? {
    down.links(
      of: route.links.map(\.index), from: route.source, to: route.target,
      trafficClass: traffic.trafficClass)
  }

  private func mean(of ways: [Way], isThere: Bool, _ down: DownLinks) -> SimDuration? {
    guard !ways.isEmpty else { return isThere ? .zero : nil }
    let sum = ways.reduce(Int64(0)) {
      $0 + down.delay(of: $1.up).nanoseconds + down.delay(of: $1.down).nanoseconds
    }
    return SimDuration(nanoseconds: sum / Int64(ways.count))
  }

  private struct Answer {
    var asked: [[Double]]
    var answer: TokenAnswer
    var uses: [Double]
  }

  private func answer(inHour hour: Int, _ delays: [[SimDuration?]]) -> Answer {
    let now = hours.instants[hour]
    let step = traffic.step(at: now)
    let isOn = now >= traffic.start && now < traffic.stop
    let asked = traffic.asked(inStep: step).map { $0.map { isOn ? $0 : 0 } }
    let question = TokenQuestion(
      instant: now, step: step, services: traffic.services, sites: traffic.sites, asked: asked,
      delays: delays, power: model.tokenPower(of: traffic, at: now, inStep: step), seed: model.seed)
    let answer = traffic.serving.policy.answer(to: question)
    return Answer(asked: asked, answer: answer, uses: question.uses(by: answer))
  }

  private func book(_ answer: Answer, _ hour: Int, into placed: inout ScreenedTokens) {
    for (asked, refused) in zip(answer.asked, answer.answer.refused) {
      for (asked, refused) in zip(asked, refused) {
        placed.asked[hour] += asked
        placed.refused[hour] += asked * refused
      }
    }
  }

  private func addStreams(
    _ answers: [Answer], _ ways: [[[Way]]], to placed: inout ScreenedTokens
  ) {
    for source in traffic.sources.indices {
      for site in traffic.sites.indices where !ways[source][site].isEmpty {
        let rates = answers.map { bits(of: $0, source, site) }
        guard rates.contains(where: { $0.up > 0 }) else { continue }
        let count = Double(ways[source][site].count)
        for way in ways[source][site] {
          placed.streams.append(stream(way.up, way.pair.up, rates.map { $0.up / count }))
          placed.streams.append(stream(way.down, way.pair.down, rates.map { $0.down / count }))
        }
      }
    }
  }

  private func stream(_ links: [Int32], _ route: Int, _ rates: [Double]) -> ScreenedStream {
    ScreenedStream(
      source: model.routes[route].source, target: model.routes[route].target, links: links,
      trafficClass: traffic.trafficClass, kind: .demand, rates: rates)
  }

  private func bits(of answer: Answer, _ source: Int, _ site: Int) -> (up: Double, down: Double) {
    var bits = (up: 0.0, down: 0.0)
    for (index, service) in traffic.services.enumerated() {
      let tokens = answer.asked[source][index] * answer.answer.parts[source][index][site]
      bits.up += tokens * service.bitsUpPerToken
      bits.down += tokens * service.bitsDownPerToken
    }
    return bits
  }
}
