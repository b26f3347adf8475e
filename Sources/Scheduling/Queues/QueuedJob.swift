// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What a queue knows of a job: what its user asked for, and never how long it will really run.
public struct QueuedJob: BitwiseCopyable, Sendable {
  /// Who it is to the caller, as long as it waits or runs here; used again later, so it is no order.
  public var id: JobID
  /// The number of its submission at the pool: of two jobs that are alike the lower goes first.
  public var order: Int64
  /// How many it holds at once from its start to its end, at least 1.
  public var accelerators: Int32
  /// The time that it asks for on this pool, in nanoseconds.
  public var requested: Int64
  /// 1 goes before 2.
  public var priority: Int32
  public var tenant: Int32
  /// The part of the pool that is its tenant's, beside those of the other tenants.
  public var weight: Double

  public init(
    id: JobID, order: Int64, accelerators: Int32, requested: Int64, priority: Int32 = 1,
    tenant: Int32 = 0, weight: Double = 1
  ) {
    self.id = id
    self.order = order
    self.accelerators = accelerators
    self.requested = requested
    self.priority = priority
    self.tenant = tenant
    self.weight = weight
  }

  /// Accelerator-nanoseconds that it asks for.
  var work: Int128 { Int128(accelerators) * Int128(requested) }
}

/// A job in a queue, by the position that its caller gave it.
public typealias JobID = Position<QueuedJob>

/// The instant that is so long after another; the last one where there is none that late.
func instant(_ length: Int64, after start: Int64) -> Int64 {
  let (sum, overflows) = start.addingReportingOverflow(length)
  return overflows ? .max : sum
}
