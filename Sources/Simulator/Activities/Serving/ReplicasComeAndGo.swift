// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel

// Replicas are begun and ended, by how many requests there are and what power costs.
//
// A replica that is wanted has its accelerators set apart at once: no job begins on them any more,
// and it begins when those that run have left enough. One that is not wanted takes no more requests,
// and gives its accelerators back once it has answered those that it has.

extension Serving {
  func beginReplicas(of service: Int) {
    for (site, terms) in services[service].design.sites.enumerated() {
      for replica in services[service].sites[site].replicas.prefix(terms.replicas) {
        replicas[replica].stage = .on
        hold(replica, isHeld: true)
      }
    }
    planReview(of: service)
  }

  private func planReview(of service: Int) {
    guard let scaling = services[service].design.scaling else { return }
    // A run without an end of its own must not wait for looks at what is over.
    let isScaledUp = services[service].sites.contains { site in
      site.replicas.count { replicas[$0].stage != .off } > scaling.least
    }
    guard now == .zero || !isOver || isScaledUp else { return }
    world.plan(.serving(.isReviewed(service: Int32(service))), at: now + scaling.every)
  }

  /// Looks at how many replicas each site is to have.
  func review(_ service: Int) {
    guard let scaling = services[service].design.scaling else { return }
    for site in services[service].sites.indices {
      let mean = services[service].sites[site].meanRequests(over: scaling.every, at: now)
      var each = scaling.requests
      if let dear = scaling.dear,
        services[service].sites[site].meter.price(at: now) > dear.above
      {
        each = dear.requests
      }
      let most = services[service].sites[site].replicas.count
      let wanted = min(most, max(scaling.least, Int((mean / each).rounded(.up))))
      setReplicas(of: service, site, to: wanted)
    }
    planReview(of: service)
  }

  /// Begins replicas from the first on, or ends some from the last on.
  private func setReplicas(of service: Int, _ site: Int, to wanted: Int) {
    let all = services[service].sites[site].replicas
    var there = all.count { replicas[$0].isWanted }
    for replica in all where there < wanted && replicas[replica].stage == .ending {
      replicas[replica].stage = .on
      there += 1
    }
    for replica in all where there < wanted && replicas[replica].stage == .off {
      replicas[replica].stage = .waiting
      setApart(replica, isHeld: true)
      there += 1
    }
    for replica in all.reversed() where there > wanted && replicas[replica].isWanted {
      end(replica)
      there -= 1
    }
    beginWaiting(on: services[service].design.sites[site].pool)
  }

  /// Begins replicas for which a pool has room now.
  func beginWaiting(on pool: Int) {
    for service in services.indices {
      for site in services[service].sites.indices
      where services[service].design.sites[site].pool == pool {
        for replica in services[service].sites[site].replicas
        where replicas[replica].stage == .waiting && world.ask.hasRoom(pool) {
          start(replica)
        }
      }
    }
  }

  private func start(_ replica: Int) {
    replicas[replica].stage = .starting
    hold(replica, isHeld: true)
    let design = services[replicas[replica].service].design
    let wait = design.scaling?.startsIn ?? .zero
    replicas[replica].ready = now + wait
    guard wait > .zero else { return replicaIsReady(replica) }
    world.plan(.serving(.replicaIsReady(Int32(replica))), at: now + wait)
  }

  func replicaIsReady(_ replica: Int) {
    guard replicas[replica].stage == .starting, replicas[replica].ready == now else { return }
    replicas[replica].stage = .on
  }

  private func end(_ replica: Int) {
    switch replicas[replica].stage {
    case .on: replicas[replica].stage = .ending
    case .waiting, .starting: giveBack(replica)
    case .off, .ending: break
    }
    endIfIdle(replica)
  }

  /// A replica that takes no more requests is off as it has none.
  func endIfIdle(_ replica: Int) {
    guard replicas[replica].stage == .ending, replicas[replica].requests == 0 else { return }
    giveBack(replica)
  }

  private func giveBack(_ replica: Int) {
    replicas[replica].stage = .off
    replicas[replica].cache?.removeAll()
    hold(replica, isHeld: false)
    setApart(replica, isHeld: false)
  }

  /// A replica has its accelerators, or gives them up.
  private func hold(_ replica: Int, isHeld: Bool) {
    guard replicas[replica].hold.isRunning != isHeld else { return }
    replicas[replica].hold.set(running: isHeld, at: now)
    let (service, site) = (replicas[replica].service, replicas[replica].site)
    let count = replicas[replica].accelerators
    services[service].sites[site].meter.add(busy: 0, held: isHeld ? count : -count, at: now)
  }

  /// Sets the accelerators of a replica apart on its pool, or leaves them to jobs again.
  private func setApart(_ replica: Int, isHeld: Bool) {
    let (service, site) = (replicas[replica].service, replicas[replica].site)
    let count = replicas[replica].accelerators
    world.ask.serve(services[service].design.sites[site].pool, 0, isHeld ? count : -count)
  }
}

extension ReplicaState {
  /// Whether it is there, or is to be.
  fileprivate var isWanted: Bool {
    switch stage {
    case .waiting, .starting, .on: true
    case .off, .ending: false
    }
  }
}
