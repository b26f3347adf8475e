// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// A mode of transceivers: a built-in one by name, or one of the scenario's own.
struct TransceiverSection: Section {
  var origin = Origin.none
  var name = Written("")
  var rate: Positive<BitsPerSecond>?
  var baud: Positive<SymbolRate>?
  var slot: Positive<OpticalFrequency>?
  var requiredOSNR: Decibels?

  static let shape = Shape<TransceiverSection>(
    "A mode of transceivers; a name alone is that of a built-in one.", shorthand: "name",
    fields: [
      .required("name", \.name, "The name of the mode."),
      .optional("rate", \.rate, "The line rate."),
      .optional("baud", \.baud, "The symbol rate."),
      .optional("slot", \.slot, "The width of spectrum that it needs."),
      .optional(
        "required_osnr", \.requiredOSNR, "The least OSNR in 0.1 nm at which it works."),
    ],
    rules: [
      .needs("rate", "baud"), .needs("baud", "slot"), .needs("slot", "required_osnr"),
      .needs("required_osnr", "rate"),
    ])
}

/// What a lightpath carries by its length alone.
struct ReachSection: Section {
  var origin = Origin.none
  var upTo: Positive<Kilometres>?
  var rate: Positive<BitsPerSecond>?
  var efficiency: Positive<Double>?

  static let shape = Shape<ReachSection>(
    "A step of a table by distance, in place of the quality of transmission.",
    fields: [
      .optional("up_to", \.upTo, "The longest route it holds for; without it, any."),
      .optional("rate", \.rate, "On a fixed grid: the line rate of a channel."),
      .optional(
        "efficiency", \.efficiency, "On the flexible grid: bits per second in each hertz."),
    ],
    rules: [.exactlyOne(["rate", "efficiency"])])
}
