// SPDX-License-Identifier: GPL-3.0-or-later
public import Compute
public import EventKernel

/// A pool at an instant: what it does, for whom, on what terms, and how that came.
public struct PoolSnapshot: Sendable {
  /// What it has been since when.
  public enum State: String, Sendable {
    /// Jobs wait.
    case queue
    /// All accelerators are held, and nobody waits.
    case full
    case partly
    case idle
    case down
  }

  public var at: SimTime
  public var design: PoolDesign
  public var node: String
  public var state: State
  public var since: SimTime
  /// Accelerators that jobs and services hold, and all that are in service.
  public var used: Int
  public var inService: Int
  /// What services hold of them.
  public var serving: Int
  public var waitingJobs: Int
  /// Accelerator-seconds that they ask for.
  public var waitingWork: Double
  /// Jobs whose input is on its way, in accelerators.
  public var onTheWay: Int
  public var it_kW: Double
  public var facility_kW: Double
  public var cap: PowerCap?
  /// Part of full speed at which jobs run.
  public var speed: Double
  public var rates: EnergyTerms.Rates
  /// Nil where nobody says how warm it is.
  public var outside_C: Double?
  /// The jobs that it runs, then those that wait, the longest first, then those on their way.
  public var members: [Member] = []
  public var changes: [Change] = []

  /// A job that is there, or on its way.
  public struct Member: Sendable {
    public enum State: String, Sendable {
      case running, waiting, coming
    }

    public var job: String
    public var workload: String
    public var tenant: String
    public var accelerators: Int
    public var state: State
    /// Since when it runs, or waits for this pool.
    public var since: SimTime
    /// Empty where it runs.
    public var waitsFor: String
  }

  /// Jobs of one workload and tenant together.
  public struct Group: Sendable {
    public var workload: String
    public var tenant: String
    public var running = 0
    public var accelerators = 0
    public var waiting = 0
    public var wanted = 0
  }

  /// Something that changed.
  public struct Change: Sendable {
    public enum What: String, Sendable {
      case starts, ends, stops, fails, cap, speed, price, service
    }

    public var at: SimTime
    public var what: What
    /// The job, or how it is now.
    public var subject: String
    public var accelerators: Int?
  }

  /// Who is on it and waits for it, those that hold most first.
  public var groups: [Group] {
    var groups: [Group] = []
    for member in members where member.state != .coming {
      var place = groups.firstIndex {
        $0.workload == member.workload && $0.tenant == member.tenant
      }
      if place == nil {
        groups.append(Group(workload: member.workload, tenant: member.tenant))
        place = groups.count - 1
      }
      guard let place else { continue }
      if member.state == .running {
        groups[place].running += 1
        groups[place].accelerators += member.accelerators
      } else {
        groups[place].waiting += 1
        groups[place].wanted += member.accelerators
      }
    }
    return groups.sorted {
      ($1.accelerators, $1.wanted, $0.workload, $0.tenant)
        < ($0.accelerators, $0.wanted, $1.workload, $1.tenant)
    }
  }
}
