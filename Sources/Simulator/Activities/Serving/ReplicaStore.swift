// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel

/// The replicas of all services, one after the other.
///
/// Each request looks at all replicas of its service. What it asks of each stands in a row of its own,
/// beside the whole state of the replica, which holds arrays and is several times as large; a row is
/// written anew with each change, so that the two can't differ.
struct ReplicaStore {
  private var states: [ReplicaState] = []
  private(set) var loads: [ReplicaLoad] = []

  var count: Int { states.count }

  mutating func append(_ state: ReplicaState) {
    states.append(state)
    loads.append(ReplicaLoad(state))
  }

  /// Whether a replica remembers a beginning; all do where these are not told apart.
  func has(_ prefix: Int32?, _ replica: Int) -> Bool {
    guard let prefix else { return true }
    return states[replica].cache?.has(prefix) ?? true
  }

  subscript(replica: Int) -> ReplicaState {
    get { states[replica] }
    _modify {
      defer { loads[replica] = ReplicaLoad(states[replica]) }
      yield &states[replica]
    }
  }
}

/// What each request asks of a replica.
struct ReplicaLoad: BitwiseCopyable, Sendable {
  /// Whether it takes requests.
  var isOn: Bool
  /// The site, among those of its service.
  var site: Int32
  /// Requests that it has, and those of them whose prompts wait, on their way to it included.
  var requests: Int32
  var waiting: Int32
  /// Requests that have begun, the tokens of the prompts that wait, and the steps at hand.
  private var running: Int32
  private var tokens: Double
  private var steps: EngineSteps

  init(_ state: borrowing ReplicaState) {
    isOn = state.stage == .on
    site = Int32(state.site)
    requests = Int32(state.requests)
    waiting = Int32(state.engine.waitingCount + state.coming)
    running = Int32(state.engine.runningCount)
    tokens = state.engine.waitingTokens + state.comingTokens
    steps = state.engine.stepsAtHand
  }

  /// When the first token of a prompt would be there that came now, in seconds from now.
  ///
  /// What is done at the moment ends, then all prompts before it are taken in at once with it: an
  /// estimate, which leaves out who comes or ends meanwhile.
  func firstToken(of promptTokens: Double, by times: StepTimes, at now: SimTime) -> Double {
    let step = times.seconds(promptTokens: tokens + promptTokens, requests: Int(running))
    return steps.rest(at: now) + step
  }
}
