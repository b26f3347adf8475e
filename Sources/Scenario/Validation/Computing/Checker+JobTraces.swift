// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traces
internal import Traffic
internal import YAMLReader

// Traces whose jobs run on pools.

extension Checker {
  /// Jobs of a trace that run on pools.
  mutating func jobEntry(
    _ trace: TraceSection, on pools: [PoolDesign], _ isComplete: Bool, _ tenants: inout [Tenant]
  ) -> JobEntry? {
    guard let format = trace.format.jobFormat else {
      report(
        "found a pool with format: \(trace.format.rawValue), expected jobs, swf or batsim",
        at: trace.origin, key: "to")
      return nil
    }
    checkMeaning(of: trace)
    checkRepetition(of: trace)
    if let moved = trace.bytesPerToken {
      report(
        "found bytes_per_token with format: \(trace.format.rawValue), expected bytes_per_job or "
          + "bytes_per_processor", at: moved.origin)
    }
    checkTenants(of: trace)
    guard let name = trace.name else { return nil }
    var source = JobTrace(
      file: readableFile(trace.file), format: format, options: options(of: trace))
    var entry = JobEntry(name: name.value.text, source: .trace(source))
    entry.usersAreTenants = trace.usersAreTenants.value
    source.deadline = trace.deadline.flatMap { rule($0) }
    moved(by: trace, &source, &entry)
    entry.source = .trace(source)
    if case .pool(let section) = trace.to {
      entry.pool = pool(named: section.pool, among: pools, isComplete)
    }
    entry.tenant = trace.tenant.map { position(of: $0, in: &tenants) }
    entry.speeds = speeds(trace.runsOn, trace.reference)
    entry.latency = trace.latency?.value.value
    entry.checkpoints = checkpoints(of: trace.checkpoint)
    entry.booking = booking(trace.reserve, to: entry.pool, on: pools, isComplete)
    return entry
  }

  private mutating func checkTenants(of trace: TraceSection) {
    guard trace.usersAreTenants.value else { return }
    if trace.format != .swf {
      report(
        "found users_are_tenants with format: \(trace.format.rawValue), expected swf, which has "
          + "users", at: trace.usersAreTenants)
    }
    if trace.tenant != nil {
      report(
        "found users_are_tenants beside a tenant, whose all jobs are; expected one of them",
        at: trace.usersAreTenants)
    }
  }

  /// What the jobs of a trace move, and where from.
  private mutating func moved(
    by trace: TraceSection, _ source: inout JobTrace, _ entry: inout JobEntry
  ) {
    let moved = trace.bytesPerJob ?? trace.bytesPerProcessor
    source.isPerAccelerator = trace.bytesPerJob == nil
    (source.inputBytes, source.outputBytes) = (moved?.input.value ?? 0, moved?.output.value ?? 0)
    guard let from = trace.from?.entries else {
      if let moved {
        report("found bytes that come from nowhere, expected from", at: moved.origin)
      } else if let latency = trace.latency {
        report("found a latency of jobs that come from nowhere, expected from", at: latency)
      }
      return
    }
    guard let ends = ends(from, ClusterMap()) else { return }
    entry.origins = ends.map(\.place)
    source.places = ends.map(\.weight)
    if let moved, source.outputBytes > 0 {
      if ends.count > 1 {
        report("found output of jobs that come from several nodes, expected one", at: moved.origin)
      }
      entry.outputTo = ends.first?.place
    }
  }
}

extension TraceSection {
  /// Whether its jobs run on pools.
  var goesToPools: Bool {
    switch to {
    case .pool, .anyPool: true
    case .nodes, nil: false
    }
  }

  /// The keys that speak of jobs on pools alone.
  var keysOfPools: [(key: String, isGiven: Bool)] {
    [
      ("reference", reference != nil), ("runs_on", runsOn != nil), ("tenant", tenant != nil),
      ("checkpoint", checkpoint != nil), ("deadline", deadline != nil),
      ("reserve", reserve != nil), ("latency", latency != nil),
      ("users_are_tenants", usersAreTenants.value),
    ]
  }

  var poolTraceName: Written<Name>? { goesToPools ? name : nil }
}
