// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@Suite struct PackageManifestTests {
  @Test func everyKindOfTargetIsRead() throws {
    let targets = try PackageManifest(
      """
      func module(_ name: String) -> Target { .target(name: name) }
      let package = Package(
        products: [.library(name: "Kit", targets: ["A"])],
        targets: [
          .systemLibrary(name: "CB", pkgConfig: "b", providers: [.apt(["libb-dev"])]),
          module("A"),
          module(
            "B", ["A", "CB"],
            resources: [.embedInCode("x.csv")] + more),
          .executableTarget(
            name: "tool",
            dependencies: [
              "A", "B",
            ],
            swiftSettings: house),
          tests("BTests", ["B"], excluding: ["Data"]),
          tests("TidyTests", []),
          benchmark("fast", ["A"]),
          .target(name: "Other", dependencies: ["A"], path: "Tests/Other", swiftSettings: house),
        ]
      )

      """
    ).targets
    #expect(
      targets.map(\.name) == ["CB", "A", "B", "tool", "BTests", "TidyTests", "fast", "Other"])
    #expect(
      targets.map { $0.dependencies.sorted() } == [
        [], [], ["A", "CB"], ["A", "B"], ["B"], [], ["A", "Measuring"], ["A"],
      ])
    #expect(
      targets.map(\.folder) == [
        "Sources/CB", "Sources/A", "Sources/B", "Sources/tool", "Tests/BTests", "Tests/TidyTests",
        "Benchmarks/Sources/fast", "Tests/Other",
      ])
  }
}
