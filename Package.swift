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

/// Optimised in debug builds as well, with all that those check: for modules of numbers, in which
/// tests would spend a third of their time.
let quick: [SwiftSetting] = [
  .unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))
]

/// ThreadSanitizer begins after the code that chooses what this processor can do.
let unwatched: [CSetting] = [.unsafeFlags(["-fno-sanitize=thread"])]

/// One library module: a folder in Sources/ and, where it has tests, one in Tests/.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  isQuick: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources,
    swiftSettings: isQuick ? house + quick : house)
}

/// The built-in national network, one table a file.
let nationalTables: [Resource] = [
  "hubs", "clusters", "provinces", "sites", "fibres", "rings", "data_centres", "local_fibres",
  "published", "sources",
].map { .embedInCode("National/Data/\($0).csv") }

/// Pools of the national network, and what power costs and emits at its places.
let computeTables: [Resource] = [
  "tariffs", "climates", "places", "renewables", "capacities", "fleet", "supercomputers",
  "compute_sources",
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

    module("Locks"),
    module("Text"),
    module("Compression", ["CZlib", "CZstd"]),
    module("EventKernel", ["Text"], isQuick: true),
    .target(name: "CVector", cSettings: unwatched),
    module("FlowMath", ["CVector"], isQuick: true),
    module("Statistics", ["CGSL", "EventKernel"]),
    module(
      "NetworkModel", ["Text", "EventKernel"],
      resources: [.embedInCode("Optics/Data/transceivers.csv")] + nationalTables),
    module(
      "Traffic", ["EventKernel", "Statistics", "NetworkModel", "Results", "Traces"],
      resources: [
        .embedInCode("Training/Data/accelerators.csv"), .embedInCode("Tokens/Data/services.csv"),
        .embedInCode("Presets/Data/presets.csv"),
      ]),
    module("Results", ["Locks", "Text", "Compression"]),
    module("Traces", ["Locks", "Text", "Compression", "EventKernel", "Statistics", "Results"]),
    module(
      "Compute", ["Text", "EventKernel", "NetworkModel", "Traffic"], resources: computeTables),
    .target(name: "CWatcher"),
    module("Policies", ["CWatcher", "Text", "Results"]),
    module("Scheduling", ["EventKernel", "FlowMath", "NetworkModel", "Traffic", "Policies"]),
    module(
      "Light", ["Text", "EventKernel", "Statistics", "NetworkModel", "Traffic"], isQuick: true),
    module(
      "Simulator",
      [
        "Text", "EventKernel", "FlowMath", "Statistics", "NetworkModel", "Results", "Traces",
        "Traffic", "Compute", "Policies", "Scheduling", "Light",
      ]),
    module("YAMLReader", ["CYAML", "Text"]),
    module(
      "Scenario",
      [
        "Text", "EventKernel", "Statistics", "NetworkModel", "Results", "Traces", "Traffic",
        "Compute", "Policies", "Scheduling", "Light", "Simulator", "YAMLReader",
      ]),
    module("Importing", ["CExpat", "Text", "Compression", "NetworkModel"]),
    module(
      "Session",
      [
        "Text", "EventKernel", "NetworkModel", "Results", "Traces", "Traffic", "Compute",
        "Policies",
        "Light", "Simulator", "Scenario",
      ]),
    module(
      "Studies",
      [
        "Locks", "Text", "EventKernel", "Statistics", "NetworkModel", "Results", "Traces", "Light",
        "Simulator",
        "YAMLReader", "Scenario", "Session",
      ]),
    module(
      "Planning",
      [
        "Locks", "Text", "EventKernel", "Statistics", "NetworkModel", "Results", "Traffic",
        "Scheduling",
        "Light", "Simulator", "YAMLReader", "Scenario", "Session", "Studies",
      ]),
    module(
      "Pages", ["Text", "Compression", "NetworkModel", "Results"],
      resources: [
        "coast.txt", "words.tsv", "page.css", "format.js", "chart.js", "map.js", "parts.js",
        "study.js",
        "main.js",
      ].map { .embedInCode("Data/\($0)") }),
    module("CommandLine", ["Locks", "Text"]),
    .executableTarget(
      name: "cpnsim",
      dependencies: [
        "Text", "EventKernel", "FlowMath", "Statistics", "NetworkModel", "Results", "Traces",
        "Traffic", "Compute", "Policies", "Scheduling", "Light", "Simulator", "YAMLReader",
        "Scenario", "Session", "Studies", "Planning", "Importing", "Pages", "CommandLine",
      ],
      swiftSettings: house),

    tests("LocksTests", ["Locks"]),
    tests("TextTests", ["Text"]),
    tests("PoliciesTests", ["Text", "Results", "Policies"]),
    tests("CompressionTests", ["Compression", "Samples"]),
    tests("EventKernelTests", ["EventKernel"]),
    tests("FlowMathTests", ["CVector", "FlowMath"]),
    tests("StatisticsTests", ["EventKernel", "Statistics"]),
    tests("NetworkModelTests", ["EventKernel", "NetworkModel"], excluding: ["Data"]),
    tests("YAMLReaderTests", ["Text", "YAMLReader"]),
    tests(
      "ScenarioTests",
      [
        "Text", "EventKernel", "Statistics", "NetworkModel", "Results", "Traces", "Traffic",
        "Scheduling", "Simulator", "YAMLReader", "Scenario", "TestSupport",
      ], excluding: ["Inference/Data"]),
    tests(
      "SessionTests",
      ["EventKernel", "NetworkModel", "Results", "Simulator", "Scenario", "Session", "TestSupport"]),
    tests(
      "StudiesTests",
      [
        "Locks", "EventKernel", "Statistics", "NetworkModel", "Results", "Light", "Simulator",
        "YAMLReader",
        "Scenario", "Session", "Studies", "TestSupport",
      ]),
    tests(
      "PlanningTests",
      [
        "EventKernel", "NetworkModel", "Results", "Light", "Simulator", "Scenario", "Planning",
        "TestSupport",
      ]),
    tests("ImportingTests", ["NetworkModel", "YAMLReader", "Importing", "Samples"]),
    tests("CommandLineTests", ["CommandLine"]),
    tests("ResultsTests", ["Text", "Results", "Samples"]),
    tests("PagesTests", ["Text", "Results", "Pages", "TestSupport"]),
    // Runs the program itself, which stands beside the tests once the package is built.
    tests("CpnsimTests", []),
    tests(
      "TrafficTests", ["EventKernel", "Statistics", "NetworkModel", "Traces", "Traffic", "Samples"]),
    tests("TracesTests", ["EventKernel", "Statistics", "Results", "Traces", "Samples"]),
    tests(
      "ComputeTests", ["EventKernel", "NetworkModel", "Traffic", "Compute"], excluding: ["Data"]),
    tests(
      "SchedulingTests", ["EventKernel", "FlowMath", "NetworkModel", "Traffic", "Scheduling"],
      excluding: ["Queues/Data", "Allocation/Data"]),
    tests("LightTests", ["EventKernel", "NetworkModel", "Light", "Simulator", "TestSupport"]),
    tests(
      "SimulatorTests",
      [
        "EventKernel", "FlowMath", "Statistics", "NetworkModel", "Results", "Traces", "Traffic",
        "Scheduling", "Light", "Simulator", "TestSupport",
      ]),
    tests(
      "GoldenTests",
      ["EventKernel", "Statistics", "NetworkModel", "Simulator", "Scenario", "TestSupport"],
      excluding: ["Data"]),
    tests("TidyTests", []),
    .target(name: "Measuring", path: "Benchmarks/Sources/Measuring", swiftSettings: house),
    .target(
      name: "Workloads",
      dependencies: ["EventKernel", "Statistics", "NetworkModel", "Traffic", "Simulator"],
      path: "Benchmarks/Sources/Workloads", swiftSettings: house),
    benchmark("hold", ["EventKernel"]),
    benchmark("flows", ["EventKernel", "FlowMath", "Simulator", "Workloads"]),
    benchmark(
      "growth",
      [
        "EventKernel", "FlowMath", "NetworkModel", "Traffic", "Scheduling", "Simulator",
        "Scenario", "Workloads",
      ]),
    benchmark("progress", ["EventKernel", "FlowMath", "Statistics", "Simulator", "Workloads"]),
    benchmark("rwa", ["EventKernel", "Statistics", "NetworkModel"]),
    benchmark("loss", ["EventKernel", "FlowMath", "Traffic", "Simulator", "Workloads"]),
    benchmark("traces", ["EventKernel", "Traces", "Traffic"]),
    benchmark("studies", ["Studies", "EventKernel", "Statistics"]),
    benchmark("training", ["EventKernel", "NetworkModel", "Traffic", "Scheduling", "Simulator"]),
    benchmark("queues", ["EventKernel", "Scheduling"]),
    benchmark(
      "serving",
      [
        "EventKernel", "Statistics", "NetworkModel", "Results", "Traffic", "Compute", "Scheduling",
        "Simulator",
      ]),
    // Traces on the disk, and bytes packed by the libraries that Compression unpacks them with.
    .target(
      name: "Samples", dependencies: ["CZlib", "CZstd"], path: "Tests/Samples",
      swiftSettings: house),
    // Random scenarios and what must hold of each: a few in the tests, many in `make swarm`.
    .target(
      name: "SwarmKit",
      dependencies: [
        "Scenario", "YAMLReader", "Simulator", "Results", "Traffic", "NetworkModel", "Statistics",
        "Light", "Scheduling", "Compute", "EventKernel", "FlowMath", "TestSupport",
      ],
      path: "Tests/SwarmKit", swiftSettings: house),
    .executableTarget(
      name: "swarm", dependencies: ["SwarmKit", "CommandLine"], path: "Tests/SwarmTool",
      swiftSettings: house),
    tests("SwarmTests", ["SwarmKit"]),
    // All readers of what users bring, fed with any bytes; kept inputs in the tests, new ones in
    // `make fuzz`.
    .target(
      name: "FuzzKit",
      dependencies: [
        "Text", "EventKernel", "NetworkModel", "Traces", "Policies", "YAMLReader", "Scenario",
        "Importing",
      ],
      path: "Tests/FuzzKit", swiftSettings: house),
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzKit", "TestSupport"], path: "Tests/FuzzTool",
      swiftSettings: house),
    tests("FuzzTests", ["FuzzKit", "TestSupport"], excluding: ["Corpus", "Found"]),
    .target(
      name: "TestSupport",
      dependencies: ["EventKernel", "NetworkModel", "Results", "Traffic", "Light", "Simulator"],
      path: "Tests/TestSupport", swiftSettings: house),
  ]
)
