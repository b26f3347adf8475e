// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// How a trace is read, and what is made of its times and sizes.
public struct TraceOptions: Equatable, Sendable {
  public var mapping: TraceMapping
  public var tolerance: Tolerance
  public var reshaping: TraceReshaping
  /// What is added to all times, behind the reshaping.
  public var start: SimDuration
  /// What a processor computes in a second, for jobs that are given in operations.
  public var flops: Double?
  /// Whether rows that are in no order are put into that of their times.
  public var sorts: Bool

  public init(
    mapping: TraceMapping = TraceMapping(), tolerance: Tolerance = .strict,
    reshaping: TraceReshaping = .none, start: SimDuration = .zero, flops: Double? = nil,
    sorts: Bool = false
  ) {
    self.mapping = mapping
    self.tolerance = tolerance
    self.reshaping = reshaping
    self.start = start
    self.flops = flops
    self.sorts = sorts
  }

  /// Whether records stay as they are in the file.
  public var keepsRecords: Bool { reshaping == .none && start == .zero && !sorts }
}

extension TraceReshaping {
  /// Records as they are in the file, once.
  public static let none = TraceReshaping(startsAtZero: false)
}
