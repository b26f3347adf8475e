// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

// For those who watch a run. They read, and never change what happens.

extension Run {
  public var now: SimTime { world.now }
  public var events: Int { world.events }
  public var digest: RunDigest { world.digest }
  public var probe: FlowProbe? { world.probe }
  public var horizon: SimTime { world.horizon }
  public var finishedFlows: Int { world.ledger.overall.finished }

  /// How much of the run is done: by time where it has a horizon, otherwise by its sources.
  public var fractionDone: Double {
    if let duration = world.model.duration, duration > .zero {
      return world.now.seconds / duration.seconds
    }
    let parts = activities.flatMap { $0.fractionsDone }
    return parts.isEmpty ? 0 : parts.reduce(0, +) / Double(parts.count)
  }

  /// Ends the run where it stands, for what it has seen of the watched flow.
  ///
  /// Nil where no flow was watched, or none of that name has arrived.
  public func endWatch() -> FlowProbe? { world.endWatch() }

  /// The watch on a job, if there is one.
  public var jobProbe: JobProbe? { computing.watch?.job }

  /// A fibre as it is at an instant, up to which the run has been lived through.
  public func account(of fibre: FibreID, at instant: SimTime) -> FibreAccount {
    world.now = max(now, instant)
    return light.account(of: fibre)
  }

  /// What is known of the watched request; nil before it is made.
  public var requestAccount: RequestAccount? { light.watch?.account }

  /// Whether nothing more is to be found out about the watched request.
  public var isRequestTold: Bool { light.watch?.isOver ?? true }

  /// What has become of the watched demand by now; nil where none of that name has been laid.
  public var demandHistory: DemandHistory? { loss.watch?.history }

  /// When the watched link was full for longest, or fullest, up to now.
  public var fullestInstant: SimTime? { world.linkProbe?.history.worst }

  /// The watched link as it is at an instant, up to which the run has been lived through.
  public func account(at instant: SimTime) -> LinkAccount? {
    world.now = max(now, instant)
    return world.endLinkWatch()
  }

  /// When the watched site served most tokens up to now; nil where it serves none.
  public var busiestOfSite: SimTime? { tokens.watch?.busiest }

  /// The watched site as it is at an instant, up to which the run has been lived through; nil where
  /// nothing is there.
  public func siteAccount(at instant: SimTime) -> SiteAccount? {
    guard let site = tokens.watch?.site else { return nil }
    world.now = max(now, instant)
    let account = SiteAccount(
      site: site, at: now, tokens: tokens.watchedTokens, pools: computing.pools(at: site),
      links: world.links(at: site))
    return account.tokens.isEmpty && account.pools.isEmpty && account.links.isEmpty ? nil : account
  }

  /// When the watched pool was busiest up to now.
  public var busiestInstant: SimTime? { computing.watch?.pool?.busiest.at }

  /// Ends the run where it stands, or at its horizon, for what it has seen of the watched job.
  ///
  /// Nil where none was watched, or none of that name was submitted.
  public func endJobWatch() -> JobProbe? {
    if computing.watch?.job?.isOver == false, let duration = world.model.duration {
      world.now = max(now, .zero + duration)
    }
    return computing.endJobWatch()
  }

  /// The watched pool as it is at an instant, up to which the run has been lived through.
  public func snapshot(at instant: SimTime) -> PoolSnapshot? {
    world.now = max(now, instant)
    return computing.endPoolWatch()
  }
}
