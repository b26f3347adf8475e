// SPDX-License-Identifier: GPL-3.0-or-later

/// The modules of Sources, from the bottom up, and what each imports of those above it in the list.
///
/// A new module is a line here, at the height where it belongs, and a target in Package.swift.
enum House {
  private static let plan = """
    CGSL:
    CYAML:
    CExpat:
    CZlib:
    CZstd:
    CVector:
    CWatcher:
    Locks:
    Text:
    Compression: CZlib CZstd
    EventKernel: Text
    FlowMath: CVector
    Statistics: CGSL EventKernel
    NetworkModel: Text EventKernel
    Results: Locks Text Compression
    Traces: Locks Text Compression EventKernel Statistics Results
    Traffic: EventKernel Statistics NetworkModel Results Traces
    Compute: Text EventKernel NetworkModel Traffic
    Policies: CWatcher Text Results
    Scheduling: EventKernel FlowMath NetworkModel Traffic Policies
    Light: Text EventKernel Statistics NetworkModel Traffic
    Simulator: Text EventKernel FlowMath Statistics NetworkModel Results Traces Traffic \
    Compute Policies Scheduling Light
    YAMLReader: CYAML Text
    Scenario: Text EventKernel Statistics NetworkModel Results Traces Traffic Compute Policies \
    Scheduling Light Simulator YAMLReader
    Session: Text EventKernel NetworkModel Results Traces Traffic Compute Policies Light Simulator Scenario
    Studies: Locks Text EventKernel Statistics NetworkModel Results Traces Light Simulator YAMLReader \
    Scenario Session
    Planning: Locks Text EventKernel Statistics NetworkModel Results Traffic Scheduling Light Simulator \
    YAMLReader Scenario Session Studies
    Importing: CExpat Text Compression NetworkModel
    Pages: Text Compression NetworkModel Results
    CommandLine: Locks Text
    cpnsim: Text EventKernel FlowMath Statistics NetworkModel Results Traces Traffic Compute Policies \
    Scheduling Light Simulator YAMLReader Scenario Session Studies Planning Importing Pages \
    CommandLine
    """

  /// Part of the system or of Swift itself, for sources and for tests.
  static let systemModules: Set = ["Glibc", "Synchronization"]
  static let systemModulesOfTests = systemModules.union([
    "Foundation", "FoundationXML", "Testing",
  ])

  struct Module {
    let name: String
    let imports: Set<String>
  }

  static let modules: [Module] = plan.split(separator: "\n").map { line in
    let words = line.split { $0 == ":" || $0 == " " }.map(String.init)
    return Module(name: words[0], imports: Set(words.dropFirst()))
  }
}
