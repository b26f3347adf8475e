// SPDX-License-Identifier: GPL-3.0-or-later

/// One of the eight national hubs of computing power.
public struct Hub: Hashable, Sendable {
  /// Where a hub is in the plan: the demand is in the east, the cheap power in the west.
  public enum Side: String, Hashable, Sendable {
    case east, west, southwest
  }

  /// The short name that clusters refer to, such as `JJJ`.
  public let id: String
  public let name: String
  public let chineseName: String
  public let side: Side
  public let role: String
  /// The most that its new data centres may have, by policy; nil where none was found.
  public let powerUsageEffectivenessLimit: Double?
  /// The most that the one-way latency to its users may be, by policy; nil where none is set.
  public let oneWayLatencyLimit_ms: Double?
  /// As reported, of mixed date and precision: never to be added up.
  public let reportedCapacity_EFLOPS: Double?
  /// What the reported capacity counts and when.
  public let capacityNote: String?
  public let provenance: Provenance

  init(_ row: EmbeddedTable.Row, _ sources: SourceList) {
    id = row.text("hub")
    name = row.text("name")
    chineseName = row.text("name_zh")
    side = row.choice("side")
    role = row.text("role")
    powerUsageEffectivenessLimit = row.optionalNumber("pue_limit")
    oneWayLatencyLimit_ms = row.optionalNumber("oneway_latency_limit_ms")
    reportedCapacity_EFLOPS = row.optionalNumber("capacity_reported_EFLOPS")
    capacityNote = row.optionalText("capacity_note")
    provenance = sources.provenance(of: row)
  }
}
