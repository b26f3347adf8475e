// SPDX-License-Identifier: GPL-3.0-or-later

/// The modules of Sources, from the bottom up, and what each imports of those above it in the list.
///
/// A new module is a line here, at the height where it belongs, and a target in Package.swift.
enum House {
  private static let plan = """
    CGSL:
    CYAML:
    CVector:
    EventKernel:
    FlowMath: CVector
    Statistics: EventKernel CGSL
    NetworkModel: EventKernel
    Results:
    Traffic: EventKernel Statistics NetworkModel Results
    Simulator: EventKernel FlowMath Statistics NetworkModel Traffic Results
    YAMLReader: CYAML
    Scenario: YAMLReader Simulator Results Traffic NetworkModel Statistics EventKernel
    Session: Scenario Simulator Results Traffic NetworkModel EventKernel
    Importing: NetworkModel
    CommandLine:
    cpnsim: CommandLine Session Scenario Simulator Results Importing NetworkModel EventKernel \
    Traffic Statistics YAMLReader
    """

  /// Part of the system or of Swift itself, for sources and for tests.
  static let systemModules: Set = ["Glibc", "Synchronization"]
  static let systemModulesOfTests = systemModules.union(["Foundation", "Testing"])

  struct Module {
    let name: String
    let imports: Set<String>
  }

  static let modules: [Module] = plan.split(separator: "\n").map { line in
    let words = line.split { $0 == ":" || $0 == " " }.map(String.init)
    return Module(name: words[0], imports: Set(words.dropFirst()))
  }
}
