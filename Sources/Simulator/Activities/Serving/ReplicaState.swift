// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel

/// A replica of a service at work.
struct ReplicaState {
  /// Whether it takes requests.
  enum Stage {
    /// It holds nothing.
    case off
    /// It is to begin as soon as its pool has room for it.
    case waiting
    /// It holds its accelerators, and is not ready yet.
    case starting
    case on
    /// It takes no more, and is off once it has answered those that it has.
    case ending
  }

  var engine: BatchEngine
  let service: Int
  /// The site, among those of its service.
  let site: Int
  /// Counted from 0 within its service.
  let number: Int
  /// The accelerators that it holds, with those of all that it stands for.
  let accelerators: Int
  var stage = Stage.off
  /// When it is ready that is starting: one that was ended meanwhile may be starting anew.
  var ready = SimTime.distantFuture
  /// What it remembers of prompts; nil where that is not told apart.
  var cache: PrefixCache?
  /// Requests that are on their way to it, and the tokens of their prompts.
  var coming = 0
  var comingTokens = 0.0
  /// For how long it has been at work, and has held its accelerators.
  var work = Stopwatch()
  var hold = Stopwatch()

  init(of design: InferenceService, _ service: Int, site: Int, number: Int) {
    engine = BatchEngine(design.sites[site].engine)
    if design.cache.prefixes > 0 {
      cache = PrefixCache(prefixes: design.cache.prefixes, room: design.cache.kept)
    }
    self.service = service
    self.site = site
    self.number = number
    accelerators = design.accelerators(of: site)
  }

  /// Requests that it has, on their way to it included.
  var requests: Int { engine.waitingCount + engine.runningCount + coming }
}

/// Adds up for how long something has been so.
struct Stopwatch {
  private(set) var since: SimTime?
  private var before = 0.0

  var isRunning: Bool { since != nil }

  mutating func set(running: Bool, at now: SimTime) {
    guard running != isRunning else { return }
    before = seconds(until: now)
    since = running ? now : nil
  }

  func seconds(until now: SimTime) -> Double { before + (since.map { (now - $0).seconds } ?? 0) }
}
