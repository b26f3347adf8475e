// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scenario
internal import Studies
internal import YAMLReader

/// A plan file as it was written, not yet checked for consistency.
struct PlanSection: Section {
  enum Failures: String, Choice {
    case none, single
  }

  enum Routes: String, Choice {
    case leastDelay = "least-delay"
    case free
  }

  var origin = Origin.none
  var plan = Written("")
  var scenario = Written("")
  var set = ValuesAtPaths()
  var unset: [Written<String>] = []
  var failures = Failures.none
  var fill = Written("80 %")
  var routes = Written(Routes.leastDelay)
  var parts = Positive(4)
  var levels: [LevelSection] = []
  var build = BuildSection()
  var growth: [GrowthSection] = []
  var years: [Written<Int>] = []
  var solver = SolverSection()

  static let shape = Shape<PlanSection>(
    "What is to hold of a scenario, and what may be built for it at which price.",
    fields: [
      .required("plan", \.plan, "The name of the plan."),
      .required("scenario", \.scenario, "The scenario file, beside the plan."),
      .defaulted("set", \.set, "Settings: a path and a value each."),
      .defaulted("unset", \.unset, "What is removed from the scenario."),
      .defaulted(
        "failures", \.failures, "Under which failures levels hold: none, or any single one."),
      .defaulted(
        "fill", \.fill, "How full the mean of an hour may make a link that is built for it."),
      .defaulted(
        "routes", \.routes,
        "Whether demands take the routes of least delay, or those with which the build is cheapest."
      ),
      .defaulted(
        "parts", \.parts, "Over how many routes a demand may be divided with free routes."),
      .required("levels", \.levels, "What is to hold."),
      .required("build", \.build, "What may be built, with prices in yuan."),
      .defaulted("growth", \.growth, "What grows from year to year."),
      .defaulted("years", \.years, "The first and the last year: [2026, 2030]."),
      .defaulted("solver", \.solver, "Who is asked how far the build is from the cheapest."),
    ])
}

extension PlanSection {
  /// Where the settings stand that the plan makes in its scenario.
  var settingPlaces: [String: (place: Place, path: Path)] {
    let set = set.entries.map { ($0.path, (place: $0.place, path: origin.path.key("set"))) }
    let grown = growth.map { ($0.path.value, (place: $0.path.place, path: $0.path.path)) }
    return Dictionary(set + grown) { first, _ in first }
  }
}

struct GrowthSection: Section {
  var origin = Origin.none
  var path = Written("")
  var from = Written("")
  var by = Written("")

  static let shape = Shape<GrowthSection>(
    "A value of the scenario that grows from year to year.",
    fields: [
      .required("path", \.path, "The path of the value: traffic[0].tokens.total."),
      .required("from", \.from, "The value in the first year: 140e12 tokens/day."),
      .required("by", \.by, "How much it grows in a year: 60 %."),
    ])
}

/// Who is asked how far a build is from the cheapest.
package enum SolverChoice: String, Choice {
  /// The first of the others that is there.
  case any, glpsol, highs, none
}

struct SolverSection: Section {
  var origin = Origin.none
  var use = SolverChoice.any
  var within = Positive(SimDuration(nanoseconds: 60_000_000_000))

  static let shape = Shape<SolverSection>(
    "A solver that is run beside this program, if it is there.", shorthand: "use",
    fields: [
      .defaulted(
        "use", \.use,
        "glpsol, of GLPK; highs, by python3 with highspy; any of them that is there; or none."),
      .defaulted("within", \.within, "How long it may take for a year."),
    ])
}
