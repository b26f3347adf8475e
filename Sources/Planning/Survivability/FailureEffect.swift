// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Simulator

/// What a failure hurts, beyond what is not carried without it.
package struct FailureEffect: Sendable {
  package var failure: Failure
  /// The hour in which it hurts most, by its number in the day.
  package var hour: Int
  /// All that is not carried in that hour, in bits a second.
  package var unserved: Double
  /// Of it demands lost, flows held back, and what has no way left; one may be less than without
  /// the failure, and counts as nothing then.
  package var lost: Double
  package var held: Double
  package var stranded: Double
  /// All that is not carried in that hour with the channels that are lit when it comes.
  package var atFirst: Double
  /// Tokens a second that no site has room for in that hour.
  package var tokensRefused: Double
  /// Bytes that are not carried if it lasts through all hours that are looked at.
  package var bytesOfDay: Double
  package var tokensOfDay: Double
  /// The fullest link under it, its hour and its use.
  package var fullest: (link: String, hour: Int, use: Double)?
  /// Its blast radius: links that are dark, circuits without light, pairs without a way.
  package var darkLinks: [String]
  package var lightpathsLost: Int
  package var lightpathsSwitched: Int
  package var cutPairs: [ScreenedState.Pair]

  init(_ failure: Failure, _ state: ScreenedState, _ screening: Screening) {
    let base = screening.base
    let worst = state.worstHour(beyond: base)
    let (now, before) = (state.shortfalls[worst], base.shortfalls[worst])
    self.failure = failure
    hour = state.hours.numbers[worst]
    unserved = excess([now.total], [before.total])
    lost = excess(now.lost, before.lost)
    held = excess(now.held, before.held)
    stranded = excess(now.stranded, before.stranded)
    atFirst = excess([state.firstShortfalls[worst].total], [before.total])
    tokensRefused = max(0, state.tokensRefused[worst] - base.tokensRefused[worst])
    bytesOfDay = state.shortfalls.indices.reduce(0) { sum, hour in
      let more = state.shortfalls[hour].total - base.shortfalls[hour].total
      return sum + max(0, more) * state.hours.seconds[hour] / 8
    }
    tokensOfDay = state.tokensRefused.indices.reduce(0) { sum, hour in
      let more = state.tokensRefused[hour] - base.tokensRefused[hour]
      return sum + max(0, more) * state.hours.seconds[hour]
    }
    let links = screening.model.topology.links
    fullest = state.worstUse.map { (links[$0.link].name, state.hours.numbers[$0.hour], $0.use) }
    darkLinks = links.indices.filter { link in
      state.isDown[link] && !(links[link].reverse.map { Int($0.index) < link } ?? false)
    }.map { links[$0].name }
    lightpathsLost = state.lightpathsLost
    lightpathsSwitched = state.lightpathsSwitched
    cutPairs = state.cutPairs
  }
}

/// What one sum is above another; rounding is nothing.
private func excess(_ now: [Double], _ before: [Double]) -> Double {
  let (now, before) = (now.reduce(0, +), before.reduce(0, +))
  return now - before > 1e-9 * now ? now - before : 0
}

extension ScreenedState {
  /// The position of the hour in which least is carried beside another state; the first of equals.
  fileprivate func worstHour(beyond base: ScreenedState) -> Int {
    let keys = shortfalls.indices.map { hour in
      (
        shortfalls[hour].total - base.shortfalls[hour].total,
        tokensRefused[hour] - base.tokensRefused[hour],
        firstShortfalls[hour].total - base.shortfalls[hour].total
      )
    }
    return keys.indices.reduce(0) { keys[$1] > keys[$0] ? $1 : $0 }
  }
}
