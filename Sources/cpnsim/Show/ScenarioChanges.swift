// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Scenario

/// What is to be changed in a scenario before it is looked at.
struct ScenarioChanges {
  var settings: [String] = []
  var removals: [String] = []

  var isEmpty: Bool { settings.isEmpty && removals.isEmpty }

  /// The scenario of a file, or the built-in national network where there is none; it needs no traffic.
  func scenario(of file: String?) throws(ScenarioErrors) -> LoadedScenario {
    guard let file else { return try ScenarioFile.national(settings: settings, removing: removals) }
    return try ScenarioFile.load(
      path: file, settings: settings, removing: removals, needsTraffic: false)
  }
}

extension Parameter {
  /// A scenario in place of the built-in national network.
  static func scenarioOrNational(_ path: WritableKeyPath<Target, String?>) -> Self {
    .optionalArgument("scenario", path, "The scenario file; else the built-in national network.")
      .taking("file", .scenario)
  }
}
