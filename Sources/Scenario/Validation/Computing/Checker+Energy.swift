// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Simulator
internal import YAMLReader

extension Checker {
  /// The tariffs of the scenario by name.
  mutating func tariffs() -> [String: Tariff] {
    let sections = scenario.energy?.tariffs ?? []
    checkUnique(sections.map(\.name), kind: "tariff")
    var tariffs: [String: Tariff] = [:]
    for section in sections { tariffs[section.name.value.text] = tariff(section) }
    return tariffs
  }

  /// A tariff of the scenario, or of a built-in zone; one that is unknown is reported.
  mutating func tariff(named name: Written<Name>, among terms: PowerTerms) -> Tariff {
    if let tariff = terms.tariffs[name.value.text] { return tariff }
    let zones = NationalEnergy().zones
    if let zone = zones.first(where: { $0.name == name.value.text }) { return zone.tariff }
    report(
      problems.unknown(
        name.value.text, kind: "tariff", among: terms.tariffs.keys.sorted() + zones.map(\.name)),
      at: name)
    return .none
  }

  private mutating func tariff(_ section: TariffSection) -> Tariff {
    let flat = section.flat.yuanPerKWh
    let peak = section.peak?.yuanPerKWh ?? flat
    let prices = PeriodAmounts(
      sharp: section.sharp?.yuanPerKWh ?? peak, peak: peak, flat: flat,
      valley: section.valley?.yuanPerKWh ?? flat)
    checkHours(of: section)
    let hours = section.hours ?? TariffHoursSection()
    let windows = Tariff.Windows(
      sharp: windows(hours.sharp), peak: windows(hours.peak), valley: windows(hours.valley))
    return Tariff(
      name: section.name.value.text,
      every: Tariff.Month(price_yuan_kWh: prices, windows: windows),
      demand_yuan_kW_month: section.demand?.yuanPerKWMonth ?? 0,
      carbon_kg_kWh: hourly(section.carbon?.values.map(\.kgPerKWh)),
      green: hourly(section.green?.values.map(\.share)))
  }

  /// A price that no hour has, and hours that have no price.
  private mutating func checkHours(of section: TariffSection) {
    let hours = section.hours ?? TariffHoursSection()
    let pairs = [
      ("sharp", section.sharp != nil, !hours.sharp.isEmpty),
      ("peak", section.peak != nil, !hours.peak.isEmpty),
      ("valley", section.valley != nil, !hours.valley.isEmpty),
    ]
    for (word, hasPrice, hasHours) in pairs {
      if hasHours, !hasPrice {
        report(
          "found \(word) hours without a price, expected \(word)", at: section.origin)
      }
    }
    for share in section.green?.values ?? [] where share.share > 1 {
      report(
        "found more than 100 %, expected a part of the power", at: section.origin, key: "green")
    }
  }

  private mutating func windows(_ texts: [Written<String>]) -> [ClockWindow] {
    texts.compactMap { text in
      do throws(ClockWindow.Fault) {
        return try ClockWindow(text.value)
      } catch {
        report("found \(Node.quoted(text.value)): \(error)", at: text)
        return nil
      }
    }
  }

  private func hourly(_ values: [Double]?) -> HourlyValues {
    guard let values else { return HourlyValues(constant: 0) }
    return HourlyValues(values) ?? HourlyValues(constant: values.first ?? 0)
  }

  // MARK: - Signals

  /// Gives pools the signals of their tariffs.
  mutating func checkSignals(_ pools: inout [PoolDesign]) {
    var signals: [String: [PriceSignal]] = [:]
    for section in scenario.energy?.signals ?? [] {
      guard let signal = signal(section) else { continue }
      let name = section.tariff.value.text
      if (signals[name] ?? []).contains(where: { $0.from < signal.to && signal.from < $0.to }) {
        report(
          "found a signal beside another of the same time, expected one at a time",
          at: section.tariff)
      }
      let known = Set(pools.filter(\.power.hasTariff).map(\.power.terms.tariff.name))
      if !known.contains(name) {
        report(
          problems.unknown(name, kind: "tariff of a pool", among: known.sorted()),
          at: section.tariff)
      }
      signals[name, default: []].append(signal)
    }
    guard !signals.isEmpty else { return }
    for index in pools.indices {
      guard let own = signals[pools[index].power.terms.tariff.name] else { continue }
      pools[index].power.terms = pools[index].power.terms.with(own)
    }
  }

  /// Whether a time is over after it has begun; one that is not is reported.
  mutating func checkEnd(_ end: Written<SimDuration>, after begin: SimDuration) -> Bool {
    guard end.value <= begin else { return true }
    report("found a time that is not after from, expected a later one", at: end)
    return false
  }

  private mutating func signal(_ section: SignalSection) -> PriceSignal? {
    guard checkEnd(section.to, after: section.from) else { return nil }
    if let announced = section.announced, announced.value > section.from {
      report("found a time after from, expected one that is not", at: announced)
    }
    return PriceSignal(
      from: .zero + section.from, to: .zero + section.to.value,
      price_yuan_kWh: section.price.yuanPerKWh,
      announced: .zero + (section.announced?.value ?? section.from))
  }

  // MARK: - Climates

  /// The climates of the scenario by name.
  mutating func climates() -> [String: OutsideTemperature] {
    var climates: [String: OutsideTemperature] = [:]
    for entry in scenario.energy?.climates?.entries ?? [] {
      let degrees = entry.value.value
      if let cold = degrees.first(where: { !(-90...70).contains($0) }) {
        report("found \(cold), expected degrees Celsius from -90 to 70", at: entry.value)
      }
      guard let values = HourlyValues(degrees) else {
        report(
          "found \(degrees.count) temperatures, expected 24 from midnight on", at: entry.value)
        // Who refers to it is not at fault.
        climates[entry.name.value.text] = .day(HourlyValues(constant: 0))
        continue
      }
      climates[entry.name.value.text] = .day(values)
    }
    return climates
  }

  /// A climate of the scenario, or of a built-in place; nil for one that is unknown.
  mutating func climate(
    named name: Written<Name>, among terms: PowerTerms
  ) -> OutsideTemperature? {
    if let climate = terms.climates[name.value.text] { return climate }
    let known = NationalEnergy().climates
    if let climate = known.first(where: { $0.place == name.value.text }) {
      return .year(climate.year)
    }
    report(
      problems.unknown(
        name.value.text, kind: "climate",
        among: terms.climates.keys.sorted() + known.map(\.place)), at: name)
    return nil
  }
}
