// SPDX-License-Identifier: GPL-3.0-or-later

/// What machines take over a stretch of time: energy, money and carbon.
public struct EnergySpend: Hashable, Sendable {
  /// Of the machines alone.
  public var it_kWh: Double
  /// With all that the site needs to keep them.
  public var facility_kWh: Double
  /// By the price of each hour; the charge for demand is not in it.
  public var yuan: Double
  public var carbon_kg: Double

  public init(it_kWh: Double, facility_kWh: Double, yuan: Double, carbon_kg: Double) {
    self.it_kWh = it_kWh
    self.facility_kWh = facility_kWh
    self.yuan = yuan
    self.carbon_kg = carbon_kg
  }

  public static let zero = EnergySpend(it_kWh: 0, facility_kWh: 0, yuan: 0, carbon_kg: 0)

  public static func + (left: EnergySpend, right: EnergySpend) -> EnergySpend {
    EnergySpend(
      it_kWh: left.it_kWh + right.it_kWh, facility_kWh: left.facility_kWh + right.facility_kWh,
      yuan: left.yuan + right.yuan, carbon_kg: left.carbon_kg + right.carbon_kg)
  }

  public static func - (left: EnergySpend, right: EnergySpend) -> EnergySpend {
    left + right * -1
  }

  public static func * (spend: EnergySpend, factor: Double) -> EnergySpend {
    EnergySpend(
      it_kWh: spend.it_kWh * factor, facility_kWh: spend.facility_kWh * factor,
      yuan: spend.yuan * factor, carbon_kg: spend.carbon_kg * factor)
  }

  public static func += (left: inout EnergySpend, right: EnergySpend) { left = left + right }
}
