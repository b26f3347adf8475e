// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// A time in which power has another price than its tariff says: whoever sells it asks for less load,
/// or for more.
public struct PriceSignal: Hashable, Sendable {
  public var from: SimTime
  public var to: SimTime
  public var price_yuan_kWh: Double
  /// When those who buy learn of it.
  public var announced: SimTime

  public init(from: SimTime, to: SimTime, price_yuan_kWh: Double, announced: SimTime) {
    self.from = from
    self.to = to
    self.price_yuan_kWh = price_yuan_kWh
    self.announced = announced
  }
}

extension EnergyTerms {
  /// The same tariff with signals, none of which overlap.
  public func with(_ signals: [PriceSignal]) -> EnergyTerms {
    var terms = self
    terms.signals = signals.sorted { $0.from < $1.from }
    return terms
  }

  /// As they are known at an instant: without signals that nobody has heard of.
  public func known(at time: SimTime) -> EnergyTerms {
    with(signals.filter { $0.announced <= time })
  }

  /// What signals change of a spend of 1 kW that is priced by the tariff.
  func signalled(_ spend: EnergySpend, from begin: SimTime, to end: SimTime) -> EnergySpend {
    var sum = spend
    for signal in signals where signal.from < end && begin < signal.to {
      let part = tariffSpend(from: max(begin, signal.from), to: min(end, signal.to))
      sum.yuan += part.facility_kWh * signal.price_yuan_kWh - part.yuan
    }
    return sum
  }

  /// A stretch of the tariff as a signal leaves it, and when that ends.
  func signalled(
    _ segment: DaySegment, until end: SimTime, at time: SimTime
  ) -> (DaySegment, end: SimTime) {
    var segment = segment
    guard let signal = signals.first(where: { time < $0.to }) else { return (segment, end) }
    guard signal.from <= time else { return (segment, min(end, signal.from)) }
    segment.price_yuan_kWh = signal.price_yuan_kWh
    return (segment, min(end, signal.to))
  }
}
