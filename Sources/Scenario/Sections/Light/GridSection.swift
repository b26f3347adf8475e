// SPDX-License-Identifier: GPL-3.0-or-later
internal import YAMLReader

/// The channels of every fibre: a preset by name, a fixed grid, or a flexible one.
enum GridValue: ScenarioValue {
  case preset(GridPreset)
  case fixed(FixedGridSection)
  case flexible(FlexibleGridSection)

  static var schema: Node {
    .mapping([
      ("anyOf", .list([GridPreset.schema, FixedGridSection.schema, FlexibleGridSection.schema]))
    ])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> GridValue? {
    guard case .mapping(let entries) = node.content else {
      return GridPreset.read(node, path: path, problems: &problems).map { .preset($0) }
    }
    if entries.contains(where: { $0.key == "slots" }) {
      return FlexibleGridSection.read(node, path: path, problems: &problems)
        .map { .flexible($0) }
    }
    return FixedGridSection.read(node, path: path, problems: &problems).map { .fixed($0) }
  }

  var node: Node {
    switch self {
    case .preset(let preset): preset.node
    case .fixed(let section): section.node
    case .flexible(let section): section.node
    }
  }
}

/// The grids that are known by name.
enum GridPreset: String, Choice {
  case spacing50 = "50-ghz"
  case spacing75 = "75-ghz"
  case spacing150 = "150-ghz"
}

/// Channels of equal spacing.
struct FixedGridSection: Section {
  var origin = Origin.none
  var first = Positive(OpticalFrequency(191_350))
  var spacing = Positive(OpticalFrequency(50))
  var channels = Positive(96)

  static let shape = Shape<FixedGridSection>(
    "Channels of equal spacing.",
    fields: [
      .defaulted("first", \.first, "The centre of the first channel."),
      .required("spacing", \.spacing, "From the centre of one channel to that of the next."),
      .required("channels", \.channels, "How many there are."),
    ])
}

/// Slots of 12.5 GHz, of which a lightpath takes as many neighbours as it needs.
struct FlexibleGridSection: Section {
  var origin = Origin.none
  var first = Positive(OpticalFrequency(191_325))
  var slots = Positive(384)
  var guardSlots = 1

  static let shape = Shape<FlexibleGridSection>(
    "The flexible grid: slots of 12.5 GHz, of which a lightpath takes neighbours.",
    fields: [
      .defaulted("first", \.first, "The lower edge of the first slot."),
      .required("slots", \.slots, "How many there are."),
      .defaulted(
        "guard", \.guardSlots, "The slots that stay free above every lightpath."),
    ])
}
