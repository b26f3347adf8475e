// SPDX-License-Identifier: GPL-3.0-or-later

/// While power costs more than so much, a site takes no more than a part of its full power.
public struct LessWhileDear: PowerPolicy, Equatable {
  public let above_yuan_kWh: Double
  public let part: Double

  public init(above_yuan_kWh: Double, part: Double) {
    self.above_yuan_kWh = above_yuan_kWh
    self.part = part
  }

  public func limits(_ question: PowerQuestion) -> [Double?] {
    question.pools.map { $0.price_yuan_kWh > above_yuan_kWh ? $0.full_W * part : nil }
  }
}
