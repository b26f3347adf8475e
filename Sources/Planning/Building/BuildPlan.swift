// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
package import Scenario
internal import Studies
internal import Text
internal import YAMLReader

/// What is to hold of a scenario, and what may be built for it at which price: a plan file, checked.
package struct BuildPlan: Sendable {
  package struct Growth: Sendable {
    package var path: String
    package var number: Double
    package var unit: String
    /// By how much it grows in a year, as a part.
    package var rate: Double

    /// What it is some years later, as a setting.
    package func setting(after years: Int) -> String {
      let factor = (0..<years).reduce(1.0) { product, _ in product * (1 + rate) }
      return "\(path)=\(Measure(number * factor, "").text)" + (unit.isEmpty ? "" : " \(unit)")
    }
  }

  package struct Channels: Sendable {
    /// Of one lightpath, with its two transceivers.
    package var price: Double
    package var transceiver: Double
    package var most: Int
  }

  package struct Nodes: Sendable {
    package var price: Double
    package var sites: [String]?
  }

  package struct Lines: Sendable {
    package var capacity: Double
    package var price: Double
  }

  package struct NewFibre: Sendable {
    package var name: String
    package var setting: String
    package var price: Double
  }

  package struct Accelerators: Sendable {
    package var price: Double
    package var pools: [String]
    package var step: Int
  }

  package struct Regenerators: Sendable {
    package var price: Double
    package var sites: [String]?
  }

  /// Who is asked how far the build is from the cheapest, and for how long.
  package struct Solver: Sendable {
    package var use: SolverChoice
    package var seconds: Double
  }

  package var name: String
  package var scenario: PlannedScenario
  /// Its file, as the plan is read from here.
  package var scenarioPath: String
  /// What is set and removed for all years, as on a command line.
  package var settings: [String]
  package var removals: [String]
  package var coversFailures: Bool
  package var fill: Double
  /// Whether demands take whatever routes are cheapest, and not those of least delay.
  package var freesRoutes: Bool
  /// Over how many routes a demand may be divided then.
  package var mostParts: Int
  package var solver: Solver
  package var levels: [Level]
  package var channels: Channels?
  package var nodes: Nodes?
  package var lines: Lines?
  package var fibres: [NewFibre]
  /// The price of an amplifier of a new fibre.
  package var amplifier: Double
  package var accelerators: Accelerators?
  package var regenerators: Regenerators?
  /// How many regenerators nodes have in the build that is looked for; as in the scenario where that is
  /// empty.
  package var regenerating: [String: RegeneratorLimit] = [:]
  package var growth: [Growth]
  /// One year without a number where nobody says which.
  package var years: [Int?]

  /// Reads and checks a plan file, but for its scenario.
  package init(path: String) throws(ScenarioErrors) {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems),
      let section = PlanSection.read(root, path: .root, problems: &problems)
    else { throw ScenarioErrors(problems) }
    var reader = PlanReader(section, problems)
    let read = reader.read()
    guard reader.problems.isEmpty else { throw ScenarioErrors(reader.problems) }
    let file = StudyFiles.path(of: section.scenario.value, beside: path)
    settings = section.set.entries.map { "\($0.path)=\($0.value.json.onOneLine)" }
    removals = section.unset.map(\.value)
    do throws(ScenarioErrors) {
      scenario = try PlannedScenario(path: file, settings: settings, removing: removals)
    } catch {
      throw error.relocated(to: path, section.settingPlaces)
    }
    scenarioPath = file
    name = section.plan.value
    coversFailures = section.failures == .single
    (fill, levels, growth, years, fibres) = read
    let build = section.build
    channels = build.channels.map {
      Channels(
        price: $0.price.value + 2 * $0.transceiver.value, transceiver: $0.transceiver.value,
        most: $0.most.value)
    }
    nodes = build.nodes.map { Nodes(price: $0.price.value, sites: $0.sites?.map(\.value)) }
    lines = build.lines.map { Lines(capacity: $0.capacity.value.value, price: $0.price.value) }
    amplifier = build.amplifiers?.price.value ?? 0
    accelerators = build.accelerators.map {
      Accelerators(price: $0.price.value, pools: $0.pools.map(\.value), step: $0.step.value)
    }
    regenerators = build.regenerators.map {
      Regenerators(price: $0.price.value, sites: $0.sites?.map(\.value))
    }
    freesRoutes = section.routes.value == .free
    mostParts = section.parts.value
    solver = Solver(use: section.solver.use, seconds: section.solver.within.value.seconds)
    let loaded: LoadedScenario
    do throws(ScenarioErrors) {
      loaded = try scenario.load(settings(ofYear: 0))
    } catch {
      throw error.relocated(to: path, section.settingPlaces)
    }
    var names = PlanNames(section, loaded, Problems(file: path))
    names.check()
    guard names.problems.isEmpty else { throw ScenarioErrors(names.problems) }
  }

  /// The settings of a year, by its position.
  package func settings(ofYear position: Int) -> [String] {
    growth.map { $0.setting(after: position) } + RegeneratorLimit.settings(of: regenerating)
  }

  /// The JSON Schema of plan files.
  package static var schema: String { JSONSchema.text(of: PlanSection.self, title: "cpnsim plan") }
}
