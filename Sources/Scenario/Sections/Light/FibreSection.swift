// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// A fibre between two sites, or what a scenario changes of a built-in one.
struct FibreSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var between: Written<[Written<Name>]>?
  var length: Positive<Kilometres>?
  var line: LineSection?

  static let shape = Shape<FibreSection>(
    "A pair of strands between two nodes, one each way.",
    fields: [
      .required("name", \.name, "The name of the fibre, different from all others."),
      .optional(
        "between", \.between,
        "The two nodes that it joins; only a fibre of the built-in network needs none."),
      .optional(
        "length", \.length,
        "How long it is; only a fibre of the built-in network needs none."),
      .optional("line", \.line, "What differs from the line of light."),
    ])
}

/// Fibres in a cycle.
struct RingSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var fibres = Written<[Written<Name>]>([])

  static let shape = Shape<RingSection>(
    "Fibres in a cycle, named for protection.",
    fields: [
      .required("name", \.name, "The name of the ring, different from all others."),
      .required("fibres", \.fibres, "Its fibres in the order in which they follow each other."),
    ])
}

/// How fibres are built; a key that is not given is as it is elsewhere.
struct LineSection: Section {
  var origin = Origin.none
  var span: Written<Positive<Kilometres>>?
  var loss: Positive<Attenuation>?
  var lumpedLoss: Decibels?
  var dispersion: Positive<Dispersion>?
  var gamma: Positive<Nonlinearity>?
  var noiseFigure: Decibels?

  static let shape = Shape<LineSection>(
    "How a fibre is built: its glass and its amplifiers.",
    fields: [
      .optional("span", \.span, "The longest span between two amplifiers; 80 km."),
      .optional("loss", \.loss, "What a kilometre takes from the light; 0.2 dB/km."),
      .optional(
        "lumped_loss", \.lumpedLoss, "What connectors and splices of a span take; 0 dB."),
      .optional("dispersion", \.dispersion, "Its chromatic dispersion; 16.7 ps/nm/km."),
      .optional("gamma", \.gamma, "Its nonlinear coefficient; 1.27 /W/km."),
      .optional(
        "noise_figure", \.noiseFigure, "The noise figure of the amplifiers; 5 dB."),
    ])

  /// The line with what the section says of it put in place.
  func applied(to line: LineDesign) -> LineDesign {
    var line = line
    if let span { line.longestSpan = span.value.value }
    if let loss { line.loss_dB_km = loss.value.value_dB_km }
    if let lumpedLoss { line.lumpedLoss_dB = lumpedLoss.value_dB }
    if let dispersion { line.dispersion_ps_nm_km = dispersion.value.value_ps_nm_km }
    if let gamma { line.gamma_W_km = gamma.value.value_W_km }
    if let noiseFigure { line.noiseFigure_dB = noiseFigure.value_dB }
    return line
  }
}
