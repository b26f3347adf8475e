// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import YAMLReader

/// What power costs and brings about, how warm it is, and which power may be taken when.
struct EnergySection: Section {
  var origin = Origin.none
  var climates: KeyedValues<Written<[Double]>>?
  var tariffs: [TariffSection] = []
  var caps: [CapSection] = []
  var signals: [SignalSection] = []
  var power: Decider<PowerRuleSection>?

  static let shape = Shape<EnergySection>(
    "What power costs and brings about, and how warm it is outside.",
    fields: [
      .optional(
        "climates", \.climates,
        "By name: the 24 temperatures of a day in degrees Celsius, each constant for an hour."),
      .defaulted("tariffs", \.tariffs, "What power costs."),
      .defaulted("caps", \.caps, "Times at which a pool may take no more than a power."),
      .defaulted(
        "signals", \.signals, "Times at which power has another price than its tariff says."),
      .optional(
        "power", \.power,
        "How much power pools take while it is dear; or a program that says how much they may take."
      ),
    ])
}

/// How much power pools take while it is dear.
struct PowerRuleSection: Section {
  var origin = Origin.none
  var above = EnergyPrice(yuanPerKWh: 0)
  var to = Positive(Percentage(100))

  static let shape = Shape<PowerRuleSection>(
    "While power costs more than so much, a site takes no more than a part of its full power.",
    fields: [
      .required(
        "above", \.above, "The price of a kilowatt-hour of the site above which it is dear."),
      .required(
        "to", \.to,
        "The part of what the site takes with all machines at work that it takes then at most."),
    ])
}

/// What power costs by the hour, and what it brings about.
struct TariffSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var sharp: EnergyPrice?
  var peak: EnergyPrice?
  var flat = EnergyPrice(yuanPerKWh: 0)
  var valley: EnergyPrice?
  var hours: TariffHoursSection?
  var demand: DemandPrice?
  var carbon: Hourly<CarbonFactor>?
  var green: Hourly<Percentage>?

  static let shape = Shape<TariffSection>(
    "What power costs by the hour of the day, and what it brings about.",
    fields: [
      .required("name", \.name, "The name of the tariff, different from all others."),
      .optional("sharp", \.sharp, "The price in sharp hours; as in peak hours without."),
      .optional("peak", \.peak, "The price in peak hours; as in flat hours without."),
      .required("flat", \.flat, "The price in all other hours."),
      .optional("valley", \.valley, "The price in valley hours; as in flat hours without."),
      .optional("hours", \.hours, "Which hours are which; all are flat without."),
      .optional(
        "demand", \.demand, "The price of the highest demand of a month, over a quarter hour."),
      .optional(
        "carbon", \.carbon, "The carbon dioxide of a kilowatt-hour: one, or 24 by the hour."),
      .optional(
        "green", \.green,
        "The part of the power that is renewable and brings about none: one, or 24 by the hour."),
    ])
}

/// Which hours of the day are sharp, peak and valley; what is several of them is the first.
struct TariffHoursSection: Section {
  var origin = Origin.none
  var sharp: [Written<String>] = []
  var peak: [Written<String>] = []
  var valley: [Written<String>] = []

  static let shape = Shape<TariffHoursSection>(
    "Which hours of the day are which, as \"11-13\" or \"07:30-11:30\"; \"23-07\" goes on past "
      + "midnight.",
    fields: [
      .defaulted("sharp", \.sharp, "Sharp hours; they count before peak hours."),
      .defaulted("peak", \.peak, "Peak hours; they count before valley hours."),
      .defaulted("valley", \.valley, "Valley hours."),
    ])
}

/// A time in which a pool may take no more than a power.
struct CapSection: Section {
  var origin = Origin.none
  var pool = Written(Name(""))
  var from = SimDuration.zero
  var to = Written(SimDuration.zero)
  var power = Power(watts: 0)

  static let shape = Shape<CapSection>(
    "A time in which a pool may take no more than a power: its equipment runs slower.",
    fields: [
      .required("pool", \.pool, "The pool."),
      .required("from", \.from, "The simulated time from which it holds."),
      .required("to", \.to, "The time at which it ends."),
      .required("power", \.power, "The power of the whole site, with its cooling."),
    ])
}

/// A time in which power has another price than its tariff says.
struct SignalSection: Section {
  var origin = Origin.none
  var tariff = Written(Name(""))
  var from = SimDuration.zero
  var to = Written(SimDuration.zero)
  var price = EnergyPrice(yuanPerKWh: 0)
  var announced: Written<SimDuration>?

  static let shape = Shape<SignalSection>(
    "A time in which power has another price than its tariff says, of which policies hear before.",
    fields: [
      .required("tariff", \.tariff, "The tariff; all pools that have it are meant."),
      .required("from", \.from, "The simulated time from which it holds."),
      .required("to", \.to, "The time at which it ends."),
      .required("price", \.price, "The price."),
      .optional(
        "announced", \.announced,
        "The time from which policies reckon with it; that from which it holds without."),
    ])
}

/// The date of time 0.
struct CalendarSection: Section {
  var origin = Origin.none
  var start = Written("")

  static let shape = Shape<CalendarSection>(
    "The date of time 0, which is a midnight: months of tariffs and of climate, and weekdays.",
    fields: [.required("start", \.start, "A date such as 2026-07-01.")])
}
