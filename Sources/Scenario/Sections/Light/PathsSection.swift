// SPDX-License-Identifier: GPL-3.0-or-later

/// Which routes lightpaths may take between two nodes.
struct PathsSection: Section {
  var origin = Origin.none
  var count = Positive(5)
  var by = PathMeasure.km
  var list: [Written<[Written<Name>]>]?
  var table: Written<String>?

  static let shape = Shape<PathsSection>(
    "The candidate paths between two nodes: found, or named.",
    fields: [
      .defaulted("count", \.count, "How many are tried."),
      .defaulted("by", \.by, "What makes a path short, where paths are found."),
      .optional(
        "list", \.list,
        "Paths as lists of nodes, or of fibres; those between two nodes keep their order."),
      .optional(
        "table", \.table,
        """
        A CSV file with a column path: nodes, or fibres, joined by semicolons; relative to the \
        folder of the scenario.
        """),
    ],
    rules: [.atMostOne(["list", "table"])])
}

/// What makes one path shorter than another.
enum PathMeasure: String, Choice {
  case km
  case hops
  case delay
  /// Fewest hops first, then by hops over spectral efficiency.
  case spectrum
}

/// Which of the free channels a lightpath takes.
enum AssignmentChoice: String, Choice {
  case firstFit = "first-fit"
  case bestFit = "best-fit"
  case lastFit = "last-fit"
  case mostUsed = "most-used"
  case leastUsed = "least-used"
  case random
}

/// Whether paths or channels are gone through first.
enum SearchChoice: String, Choice {
  case pathFirst = "path-first"
  case channelFirst = "channel-first"
}

/// Which channels disturb a lightpath.
enum InterferenceChoice: String, Choice {
  case full
  case lit
}

/// Whether a lightpath takes a fibre both ways.
enum DirectionChoice: String, Choice {
  case twoWay = "two-way"
  case oneWay = "one-way"
}
