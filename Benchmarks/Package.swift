// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
  name: "cpnsim-benchmarks",
  dependencies: [.package(name: "cpnsim", path: "..")],
  targets: [
    .executableTarget(
      name: "hold", dependencies: [.product(name: "CpnsimKit", package: "cpnsim")],
      swiftSettings: house)
  ]
)
