// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Traffic

/// What became of the tokens of one traffic so far.
///
/// It is booked whenever demands are, so that loss is one for all of the time that is booked: a
/// request comes through where its way there and its way back do. A run may have as many steps of
/// the day as it likes: only sums are kept, and when sites were full.
struct TokenBook {
  /// Up to this instant all is booked.
  private var since: SimTime
  private(set) var streams: [StreamAccount]
  /// By site: when it was full.
  private(set) var fullTimes: [[TimeSpan]]
  /// When something was refused.
  private(set) var refusedTimes: [TimeSpan] = []
  /// The step of the day that is under way.
  private var step: TokenStep

  /// What became of a stream beside being served.
  struct StreamAccount {
    var lost = 0.0
    /// Delay of the served tokens, summed over them.
    var tokenSeconds = 0.0
    /// What the demands of its ways had come to when it was booked last, up and down in turn.
    fileprivate var before: [DemandMark]
  }

  fileprivate struct DemandMark {
    var offered = 0.0
    var delivered = 0.0
    var delayBits = 0.0
  }

  init(_ tokens: TokenModel) {
    since = tokens.plan.traffic.start
    streams = tokens.carriers.map { ways in
      StreamAccount(before: Array(repeating: DemandMark(), count: 2 * ways.count))
    }
    fullTimes = Array(repeating: [], count: tokens.plan.traffic.sites.count)
    step = TokenStep(at: since, of: tokens.plan)
  }

  /// Books what became of all streams since the last time.
  ///
  /// - Precondition: The step that is under way ends now or later, and demands are booked.
  mutating func book(to now: SimTime, _ tokens: TokenModel, _ demands: [DemandState]) {
    let end = min(now, tokens.plan.traffic.stop)
    guard since < end else { return }
    let seconds = (end - since).seconds
    since = end
    for (index, stream) in tokens.plan.streams.enumerated() where stream.rates[step.place] > 0 {
      let offered = stream.rates[step.place] * seconds
      let (passed, delay_s) = passage(of: index, tokens.carriers[index], demands)
      let served = offered * passed
      streams[index].lost += offered - served
      streams[index].tokenSeconds += served * delay_s
      let service = tokens.plan.traffic.services[stream.service]
      step.sites[stream.site].add(
        offered: service.parts(of: offered), served: service.parts(of: served), delay_s: delay_s)
    }
  }

  /// Ends the step that is under way where all is booked, and begins the next; nil where it has
  /// lasted no time.
  mutating func closeStep(_ plan: TokenPlan) -> TokenStep? {
    guard step.start < since else { return nil }
    var done = step
    done.end(at: since, plan)
    for site in fullTimes.indices where done.sites[site].isFull {
      fullTimes[site].extend(by: done.span)
    }
    if done.refused.total > 0 { refusedTimes.extend(by: done.span) }
    step = TokenStep(at: since, of: plan)
    return done
  }

  /// The part of a stream that came through since the last time, and its mean delay there and back.
  private mutating func passage(
    of stream: Int, _ ways: [TokenModel.Carriers], _ demands: [DemandState]
  ) -> (part: Double, delay_s: Double) {
    guard !ways.isEmpty else { return (1, 0) }
    var passed = 0.0
    var delays = 0.0
    for (index, way) in ways.enumerated() {
      let up = move(stream, 2 * index, demands[way.up].account)
      let down = move(stream, 2 * index + 1, demands[way.down].account)
      let part = up.passed * down.passed
      passed += part
      delays += part * (up.delay_s + down.delay_s)
    }
    return (passed / Double(ways.count), passed > 0 ? delays / passed : 0)
  }

  private mutating func move(
    _ stream: Int, _ place: Int, _ account: DemandAccount
  ) -> (passed: Double, delay_s: Double) {
    let before = streams[stream].before[place]
    streams[stream].before[place] = DemandMark(
      offered: account.offered, delivered: account.delivered, delayBits: account.delayBits)
    let offered = account.offered - before.offered
    let delivered = account.delivered - before.delivered
    guard offered > 0, delivered > 0 else { return (0, 0) }
    return (min(1, delivered / offered), (account.delayBits - before.delayBits) / delivered)
  }
}

/// A time with an end.
public struct TimeSpan: Equatable, Sendable {
  public var start: SimTime
  public var end: SimTime

  public var seconds: Double { (end - start).seconds }
}

extension [TimeSpan] {
  /// Adds a span behind the others, of which it goes on the last where they meet.
  mutating func extend(by span: TimeSpan) {
    if let last = indices.last, self[last].end == span.start {
      self[last].end = span.end
    } else {
      append(span)
    }
  }
}
