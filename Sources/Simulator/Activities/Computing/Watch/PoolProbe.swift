// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling
internal import Text
internal import Traffic

/// The watch on a pool: since when it is what it is, and what changed lately.
struct PoolProbe {
  /// Its position among all.
  let pool: Int
  /// The instant that is asked about; nil while the busiest is looked for.
  let at: SimTime?
  var state = PoolSnapshot.State.idle
  var since = SimTime.zero
  /// The first instant at which most is used and, of those, most jobs wait.
  var busiest = (used: -1, waiting: 0, at: SimTime.zero)
  var changes: [PoolSnapshot.Change] = []
  /// Jobs that have left it in this instant.
  var left: [Leaving] = []
  var speed = 1.0
  var inService: Int?
  var serving: Int?

  /// A job that no longer runs.
  struct Leaving {
    var id: JobID
    var order: Int64
    var job: String
    var accelerators: Int
  }

  /// So much before the instant is told.
  static let span = SimDuration(nanoseconds: RunCalendar.nanosecondsOfHour)

  init(pool: Int, at instant: SimTime?) {
    self.pool = pool
    at = instant
  }

  /// Whether what happens at an instant is told.
  func tells(_ now: SimTime) -> Bool { at.map { now + Self.span >= $0 } ?? false }
}

extension Computing {
  /// Looks at the watched pool as an instant ends.
  func lookAtPool() {
    guard let probe = watch?.pool else { return }
    let pool = pools[probe.pool]
    let state = pool.watchedState
    if state != probe.state {
      watch?.pool?.state = state
      watch?.pool?.since = now
    }
    if probe.at == nil, (pool.held, pool.waiting) > (probe.busiest.used, probe.busiest.waiting) {
      watch?.pool?.busiest = (pool.held, pool.waiting, now)
    }
    tellLeaving(probe)
    if pool.speed != probe.speed {
      watch?.pool?.speed = pool.speed
      tell(.speed, formatted(percentOf: pool.speed) + " of full speed")
    }
    if let before = probe.inService, before != pool.standing {
      tell(.service, "\(pool.standing) of \(pool.design.count) in service")
    }
    if let before = probe.serving, before != pool.serving {
      tell(.service, "\(counted(pool.serving, "accelerator")) held by services")
    }
    if probe.inService != pool.standing { watch?.pool?.inService = pool.standing }
    if probe.serving != pool.serving { watch?.pool?.serving = pool.serving }
  }

  /// A job starts on a pool.
  func watchStart(of id: JobID) {
    guard let probe = watch?.pool, probe.pool == Int(jobs[id].pool), probe.tells(now) else {
      return
    }
    tell(.starts, name(of: id), jobs[id].job.accelerators)
  }

  /// A job gives its accelerators back, for whatever reason.
  func watchLeave(of id: JobID) {
    guard let probe = watch?.pool, probe.pool == Int(jobs[id].pool), probe.tells(now) else {
      return
    }
    watch?.pool?.left.append(
      PoolProbe.Leaving(
        id: id, order: jobs[id].order, job: name(of: id), accelerators: jobs[id].job.accelerators))
  }

  private func tellLeaving(_ probe: PoolProbe) {
    guard !probe.left.isEmpty else { return }
    watch?.pool?.left.removeAll()
    for leaving in probe.left {
      var what = PoolSnapshot.Change.What.ends
      if jobs.contains(leaving.id), jobs[leaving.id].order == leaving.order {
        switch jobs[leaving.id].stage {
        case .queued, .running:
          what = jobs[leaving.id].dataReady == now ? .fails : .stops
        case .asking, .fetching: what = .fails
        case .returning: break
        }
      }
      tell(what, leaving.job, leaving.accelerators)
    }
  }

  private func tell(
    _ what: PoolSnapshot.Change.What, _ subject: String, _ accelerators: Int? = nil
  ) {
    guard watch?.pool?.tells(now) == true else { return }
    watch?.pool?.changes.append(
      PoolSnapshot.Change(at: now, what: what, subject: subject, accelerators: accelerators))
  }
}

extension PoolState {
  fileprivate var watchedState: PoolSnapshot.State {
    if standing == 0, design.count > 0 { return .down }
    if waiting > 0 { return .queue }
    if held == 0 { return .idle }
    return free == 0 ? .full : .partly
  }
}
