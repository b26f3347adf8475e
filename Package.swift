// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  // Without it a generic used across modules is not specialised and costs 5 to 15 times as much.
  // And a run is a class whose parts are read at every event: what debug builds check there at
  // each access, that nobody else is changing it, release builds leave out.
  .unsafeFlags(
    ["-cross-module-optimization", "-enforce-exclusivity=unchecked"],
    .when(configuration: .release)),
]

/// One library module: a folder in Sources/ and, where it has tests, one in Tests/.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: house)
}

/// The built-in national network, one table a file.
let nationalTables: [Resource] = [
  "hubs", "clusters", "provinces", "sites", "fibres", "rings", "data_centres", "local_fibres",
  "published", "sources",
].map { .embedInCode("National/Data/\($0).csv") }

func tests(
  _ name: String, _ dependencies: [Target.Dependency], excluding data: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: data, swiftSettings: house)
}

/// One benchmark: a program that measures one thing and prints a table of it.
///
/// They stand in this package, and not in one of their own: two packages that share what is built
/// spoil each other's plans, and two that share nothing build all modules twice.
func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: ["Measuring"] + dependencies, path: "Benchmarks/Sources/\(name)",
    swiftSettings: house)
}

let package = Package(
  name: "cpnsim",
  products: [
    .executable(name: "cpnsim", targets: ["cpnsim"]),
    .library(
      name: "CpnsimKit",
      targets: ["EventKernel", "FlowMath", "Statistics", "NetworkModel", "Traffic", "Simulator"]),
  ],
  targets: [
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    module("EventKernel"),
    .target(name: "CVector"),
    module("FlowMath", ["CVector"]),
    module("Statistics", ["EventKernel", "CGSL"]),
    module(
      "NetworkModel", ["EventKernel"],
      resources: [.embedInCode("Optics/Data/transceivers.csv")] + nationalTables),
    module(
      "Traffic", ["EventKernel", "Statistics", "NetworkModel", "Results"],
      resources: [
        .embedInCode("Training/Data/accelerators.csv"), .embedInCode("Tokens/Data/services.csv"),
        .embedInCode("Presets/Data/presets.csv"),
      ]),
    module("Results"),
    module(
      "Simulator",
      ["EventKernel", "FlowMath", "Statistics", "NetworkModel", "Traffic", "Results"]),
    module("YAMLReader", ["CYAML"]),
    module(
      "Scenario",
      [
        "YAMLReader", "Simulator", "Results", "Traffic", "NetworkModel", "Statistics",
        "EventKernel",
      ]),
    module("Importing", ["NetworkModel"]),
    module(
      "Session",
      ["Scenario", "Simulator", "Results", "Traffic", "NetworkModel", "EventKernel"]),
    module("CommandLine"),
    .executableTarget(
      name: "cpnsim",
      dependencies: [
        "CommandLine", "Session", "Scenario", "Simulator", "Results", "Importing", "NetworkModel",
        "EventKernel", "Traffic", "Statistics", "YAMLReader",
      ],
      swiftSettings: house),

    tests("EventKernelTests", ["EventKernel"]),
    tests("FlowMathTests", ["FlowMath", "CVector"]),
    tests("StatisticsTests", ["Statistics", "EventKernel"]),
    tests("NetworkModelTests", ["NetworkModel", "EventKernel"], excluding: ["Data"]),
    tests("YAMLReaderTests", ["YAMLReader"]),
    tests(
      "ScenarioTests",
      [
        "Scenario", "YAMLReader", "Simulator", "Results", "Traffic", "NetworkModel", "Statistics",
        "EventKernel",
      ]),
    tests(
      "SessionTests",
      ["Session", "Scenario", "Simulator", "Results", "EventKernel", "TestSupport"]),
    tests("ImportingTests", ["Importing", "NetworkModel", "YAMLReader"]),
    tests("CommandLineTests", ["CommandLine"]),
    tests("ResultsTests", ["Results"]),
    // Runs the program itself, which stands beside the tests once the package is built.
    tests("CpnsimTests", []),
    tests("TrafficTests", ["Traffic", "EventKernel", "Statistics", "NetworkModel"]),
    tests(
      "SimulatorTests",
      [
        "Simulator", "TestSupport", "Traffic", "NetworkModel", "FlowMath", "Statistics",
        "Results", "EventKernel",
      ]),
    tests(
      "GoldenTests",
      ["TestSupport", "Scenario", "Simulator", "NetworkModel", "Statistics", "EventKernel"],
      excluding: ["Data"]),
    tests("TidyTests", []),
    .target(name: "Measuring", path: "Benchmarks/Sources/Measuring", swiftSettings: house),
    .target(
      name: "Workloads",
      dependencies: ["EventKernel", "Statistics", "NetworkModel", "Traffic", "Simulator"],
      path: "Benchmarks/Sources/Workloads", swiftSettings: house),
    benchmark("hold", ["EventKernel"]),
    benchmark("flows", ["EventKernel", "FlowMath", "Simulator", "Workloads"]),
    benchmark("progress", ["EventKernel", "FlowMath", "Statistics", "Simulator", "Workloads"]),
    benchmark("rwa", ["EventKernel", "Statistics", "NetworkModel"]),
    benchmark("loss", ["EventKernel", "FlowMath", "Traffic", "Simulator", "Workloads"]),
    benchmark("traces", ["EventKernel", "Traffic"]),
    benchmark("training", ["EventKernel", "NetworkModel", "Traffic", "Simulator"]),
    .target(
      name: "TestSupport",
      dependencies: ["Simulator", "Traffic", "NetworkModel", "Results", "EventKernel"],
      path: "Tests/TestSupport", swiftSettings: house),
  ]
)
