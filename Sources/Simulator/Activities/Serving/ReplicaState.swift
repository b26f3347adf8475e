// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel

/// A replica of a service at work.
struct ReplicaState {
  var engine: BatchEngine
  let service: Int
  /// The site, among those of its service.
  let site: Int
  /// Counted from 0 within its service.
  let number: Int
  /// Requests that are on their way to it, and the tokens of their prompts.
  var coming = 0
  var comingTokens = 0.0
  var nextStep: EventHandle?
  /// Whether it is moved on when the instant ends.
  var isMarked = false
  /// Since when it has been at work; nil while it is not.
  var busySince: SimTime?
  /// For how long it was before, in seconds.
  var busy = 0.0

  init(_ terms: EngineTerms, service: Int, site: Int, number: Int) {
    engine = BatchEngine(terms)
    self.service = service
    self.site = site
    self.number = number
  }

  /// Requests that it has, on their way to it included.
  var requests: Int { engine.waitingCount + engine.runningCount + coming }

  /// For how long it has been at work up to an instant, in seconds.
  func busy(until now: SimTime) -> Double {
    busy + (busySince.map { (now - $0).seconds } ?? 0)
  }

  /// When the first token of a prompt would be there that came now, in seconds from now.
  ///
  /// What is done at the moment ends, then all prompts before it are taken in at once with it: an
  /// estimate, which leaves out who comes or ends meanwhile.
  func firstToken(of promptTokens: Double, at now: SimTime) -> Double {
    let tokens = engine.waitingTokens + comingTokens + promptTokens
    let step = engine.terms.times.seconds(promptTokens: tokens, requests: engine.runningCount)
    return engine.restOfStep(at: now) + step
  }
}
