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
func benchmark(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .executableTarget(
    name: name,
    dependencies: ["Measuring", "EventKernel", "FlowMath", "Statistics", "NetworkModel"]
      + ["Traffic", "Simulator"] + dependencies,
    path: "Benchmarks/Sources/\(name)", swiftSettings: house)
}

let package = Package(
  name: "cpnsim",
  products: [
    .executable(name: "cpnsim", targets: ["cpnsim"]),
    .library(
      name: "CpnsimKit",
      targets: [
        "EventKernel", "FlowMath", "Statistics", "NetworkModel", "Traces", "Traffic", "Simulator",
      ]),
  ],
  targets: [
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    module("Text"),
    module("Compression", ["CZlib", "CZstd"]),
    module("EventKernel", ["Text"]),
    .target(name: "CVector"),
    module("FlowMath", ["CVector"]),
    module("Statistics", ["EventKernel", "CGSL"]),
    module(
      "NetworkModel", ["EventKernel", "Text"],
      resources: [.embedInCode("Optics/Data/transceivers.csv")] + nationalTables),
    module(
      "Traffic", ["EventKernel", "Statistics", "NetworkModel", "Results", "Traces"],
      resources: [
        .embedInCode("Training/Data/accelerators.csv"), .embedInCode("Tokens/Data/services.csv"),
        .embedInCode("Presets/Data/presets.csv"),
      ]),
    module("Results", ["Text"]),
    module("Traces", ["EventKernel", "Statistics", "Results", "Text", "Compression"]),
    module(
      "Simulator",
      [
        "EventKernel", "FlowMath", "Statistics", "NetworkModel", "Traffic", "Traces", "Results",
      ]),
    module("YAMLReader", ["CYAML", "Text"]),
    module(
      "Scenario",
      [
        "YAMLReader", "Simulator", "Results", "Traffic", "Traces", "NetworkModel", "Statistics",
        "EventKernel", "Text",
      ]),
    module("Importing", ["NetworkModel", "Text", "Compression", "CExpat"]),
    module("CommandLine", ["Text"]),
    .executableTarget(
      name: "cpnsim",
      dependencies: [
        "CommandLine", "Scenario", "Simulator", "Results", "Importing", "NetworkModel",
        "EventKernel", "Traffic", "Traces", "YAMLReader", "Text",
      ],
      swiftSettings: house),

    tests("TextTests", ["Text"]),
    tests("CompressionTests", ["Compression", "Samples"]),
    tests("EventKernelTests", ["EventKernel"]),
    tests("FlowMathTests", ["FlowMath", "CVector"]),
    tests("StatisticsTests", ["Statistics", "EventKernel"]),
    tests("NetworkModelTests", ["NetworkModel", "EventKernel"], excluding: ["Data"]),
    tests("YAMLReaderTests", ["YAMLReader", "Text"]),
    tests(
      "ScenarioTests",
      [
        "Scenario", "YAMLReader", "Simulator", "Results", "Traffic", "Traces", "NetworkModel",
        "Statistics", "EventKernel", "Text",
      ]),
    tests("ImportingTests", ["Importing", "NetworkModel", "YAMLReader", "Samples"]),
    tests("CommandLineTests", ["CommandLine"]),
    tests("ResultsTests", ["Results", "Text"]),
    // Runs the program itself, which stands beside the tests once the package is built.
    tests("CpnsimTests", []),
    tests(
      "TrafficTests",
      ["Traffic", "Traces", "Samples", "EventKernel", "Statistics", "NetworkModel"]),
    tests("TracesTests", ["Traces", "Samples", "EventKernel", "Statistics", "Results"]),
    tests(
      "SimulatorTests",
      [
        "Simulator", "TestSupport", "Traffic", "Traces", "NetworkModel", "FlowMath", "Statistics",
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
      dependencies: [
        "EventKernel", "FlowMath", "Statistics", "NetworkModel", "Traffic", "Simulator",
      ],
      path: "Benchmarks/Sources/Workloads", swiftSettings: house),
    benchmark("hold"),
    benchmark("flows", ["Workloads"]),
    benchmark("progress", ["Workloads"]),
    benchmark("rwa"),
    benchmark("loss", ["Workloads"]),
    benchmark("traces", ["Traces"]),
    benchmark("training"),
    // Traces on the disk, and bytes packed by the libraries that Compression unpacks them with.
    .target(
      name: "Samples", dependencies: ["CZlib", "CZstd"], path: "Tests/Samples",
      swiftSettings: house),
    .target(
      name: "TestSupport",
      dependencies: ["Simulator", "Traffic", "NetworkModel", "Results", "EventKernel"],
      path: "Tests/TestSupport", swiftSettings: house),
  ]
)
