// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

/// Where the tokens of one traffic go now, and what became of them so far.
///
/// It is booked whenever demands are, so that loss is one for all of the time that is booked: a
/// request comes through where its route there and its route back do. A run may have as many steps
/// of the day as it likes: only sums are kept, and when sites were full.
struct TokenBook {
  let traffic: TokenTraffic
  private let model: Model
  let policy: any TokenPlacement
  /// Up to this instant all is booked.
  private var since: SimTime
  private(set) var streams: [TokenStream] = []
  private var positions: [TokenStream.Place: Int] = [:]
  /// By source and service: what no site had room for.
  private(set) var refusals: [[TokenRefusal]]
  /// By site: when it was full.
  private(set) var fullTimes: [[TimeSpan]]
  /// When something was refused.
  private(set) var refusedTimes: [TimeSpan] = []
  /// What is under way; nil before the first placement and behind the last.
  private var step: TokenStep?
  /// The routes and the answer that hold now.
  private(set) var routes = StandingRoutes()
  private(set) var quiet: QuietLinks?
  private(set) var answer: TokenAnswer?

  /// What is refused to a source by a service.
  struct TokenRefusal {
    /// Tokens a second.
    var rate = 0.0
    /// Tokens in steps that are over.
    var tokens = 0.0
  }

  init(_ traffic: TokenTraffic, of model: Model) {
    self.traffic = traffic
    self.model = model
    policy = traffic.serving.policy
    since = traffic.start
    refusals = traffic.sources.map { _ in traffic.services.map { _ in TokenRefusal() } }
    fullTimes = traffic.sites.map { _ in [] }
  }

  // MARK: Placement

  /// What the policy is asked at an instant, with the routes as they are, in a step of the day.
  func question(at now: SimTime, inStep step: Int, _ routes: StandingRoutes) -> TokenQuestion {
    TokenQuestion(
      instant: now, step: step, services: traffic.services, sites: traffic.sites,
      asked: traffic.asked(inStep: step), delays: routes.delays,
      power: model.tokenPower(of: traffic, at: now, inStep: step), seed: model.seed)
  }

  /// Sends tokens where an answer says; gives what demands are to send.
  ///
  /// - Precondition: All streams of the answer are laid, and the step before is closed.
  mutating func follow(
    _ answer: TokenAnswer, to question: TokenQuestion, over routes: StandingRoutes,
    _ quiet: QuietLinks?
  ) -> [DemandRate] {
    self.answer = answer
    self.routes = routes
    self.quiet = quiet
    for (source, services) in question.asked.enumerated() {
      for (service, tokens) in services.enumerated() {
        refusals[source][service].rate = tokens * answer.refused[source][service]
      }
    }
    step = TokenStep(question, answer)
    var rates: [DemandRate] = []
    for index in streams.indices {
      let place = streams[index].place
      let rate =
        question.asked[place.source][place.service]
        * answer.parts[place.source][place.service][place.site]
      streams[index].send(
        rate, over: routes.open[place.source][place.site], traffic.services[place.service],
        addingTo: &rates)
    }
    return rates
  }

  /// Sends nothing any more; gives what demands are to send.
  mutating func rest() -> [DemandRate] {
    answer = nil
    for source in refusals.indices {
      for service in refusals[source].indices { refusals[source][service].rate = 0 }
    }
    var rates: [DemandRate] = []
    for index in streams.indices {
      let service = traffic.services[streams[index].place.service]
      streams[index].send(0, over: [], service, addingTo: &rates)
    }
    return rates
  }

  func has(_ place: TokenStream.Place) -> Bool { positions[place] != nil }

  mutating func add(_ stream: TokenStream) {
    positions[stream.place] = streams.count
    streams.append(stream)
  }

  func stream(_ place: TokenStream.Place) -> TokenStream? {
    positions[place].map { streams[$0] }
  }

  // MARK: What became of it

  /// Books what became of all streams since the last time.
  ///
  /// - Precondition: The step that is under way ends now or later, and demands are booked.
  mutating func book(to now: SimTime, _ demands: [DemandState]) {
    let end = min(now, traffic.stop)
    guard step != nil, since < end else { return }
    let seconds = (end - since).seconds
    since = end
    for index in streams.indices where streams[index].rate > 0 {
      let place = streams[index].place
      let (offered, served, delay_s) = streams[index].book(seconds, demands)
      let service = traffic.services[place.service]
      step?.sites[place.site].add(
        offered: service.parts(of: offered), served: service.parts(of: served), delay_s: delay_s)
    }
  }

  /// Ends the step that is under way where all is booked; nil where it has lasted no time.
  mutating func closeStep() -> TokenStep? {
    guard var done = step else { return nil }
    step = nil
    guard done.start < since else { return nil }
    let seconds = (since - done.start).seconds
    for index in streams.indices { streams[index].endStep(after: seconds) }
    for source in refusals.indices {
      for (index, service) in traffic.services.enumerated() {
        let tokens = refusals[source][index].rate * seconds
        refusals[source][index].tokens += tokens
        done.refuse(service.parts(of: tokens))
      }
    }
    done.end(at: since)
    for site in fullTimes.indices where done.sites[site].isFull {
      fullTimes[site].extend(by: done.span)
    }
    if done.refused.total > 0 { refusedTimes.extend(by: done.span) }
    return done
  }
}
