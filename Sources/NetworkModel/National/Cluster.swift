// SPDX-License-Identifier: GPL-3.0-or-later

/// One of the ten data centre clusters; the site of the same name is where fibres reach it.
public struct Cluster: Hashable, Sendable {
  /// The short name, such as `ZJK`: also that of its site.
  public let id: String
  public let hub: String
  public let name: String
  public let chineseName: String
  /// The provinces that it lies in.
  public let provinces: [String]
  /// The districts that it begins with, as its letter of approval names them.
  public let startArea: String
  public let chineseStartArea: String
  public let powerUsageEffectivenessLimit: Double
  /// The part of its power that is from the sun, wind or water, from 0 to 1.
  public let greenPowerShare: Double
  /// Intelligent computing in half precision.
  public let intelligentCapacity_EFLOPS: Double
  public let note: String?
  public let provenance: Provenance

  init(_ row: EmbeddedTable.Row, _ sources: SourceList) {
    id = row.text("cluster")
    hub = row.text("hub")
    name = row.text("name")
    chineseName = row.text("name_zh")
    provinces = row.text("provinces").split(separator: "/").map(String.init)
    startArea = row.text("start_area")
    chineseStartArea = row.text("start_area_zh")
    powerUsageEffectivenessLimit = row.number("pue_limit")
    greenPowerShare = row.number("green_power_share")
    intelligentCapacity_EFLOPS = row.number("ai_capacity_EFLOPS_FP16")
    note = row.optionalText("note")
    provenance = sources.provenance(of: row)
  }
}
