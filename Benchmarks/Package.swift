// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .unsafeFlags(
    ["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release)
  ),
]

let kit = Target.Dependency.product(name: "CpnsimKit", package: "cpnsim")

/// One benchmark: a program that measures one thing and prints a table of it.
func benchmark(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .executableTarget(
    name: name, dependencies: [kit, "Measuring"] + dependencies, swiftSettings: house)
}

let package = Package(
  name: "cpnsim-benchmarks",
  dependencies: [.package(name: "cpnsim", path: "..")],
  targets: [
    .target(name: "Measuring", swiftSettings: house),
    .target(name: "Workloads", dependencies: [kit], swiftSettings: house),
    benchmark("hold"),
    benchmark("flows", ["Workloads"]),
    benchmark("progress", ["Workloads"]),
    benchmark("rwa"),
    benchmark("loss", ["Workloads"]),
    benchmark("traces"),
    benchmark("training"),
  ]
)
