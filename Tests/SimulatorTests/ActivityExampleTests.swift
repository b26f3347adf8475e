// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// docs/adding-an-activity.md adds an activity by a diff: it must apply, compile, and stay small.
@Suite struct ActivityExampleTests {
  private let root: URL
  private let diff: String

  init() throws {
    root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "docs/adding-an-activity.md"), encoding: .utf8)
    let parts = page.components(separatedBy: "```diff\n")
    diff = try #require(parts.count == 2 ? parts[1].components(separatedBy: "```\n")[0] : nil)
  }

  /// Lines that are new in files that were there before; each changed one is new as well.
  @Test func itTouchesTenLinesOutsideTheScenariosSection() throws {
    var (file, isNew) = ("", false)
    var touched: [String: Int] = [:]
    for line in diff.split(separator: "\n") {
      if line.hasPrefix("--- ") { isNew = line == "--- /dev/null" }
      if line.hasPrefix("+++ b/") { file = String(line.dropFirst(6)) }
      guard line.hasPrefix("+"), !line.hasPrefix("+++"), !isNew else { continue }
      if file.hasPrefix("Sources/Scenario/") { continue }
      touched[file, default: 0] += 1
    }
    #expect(touched.count == 5, "\(touched)")
    #expect(touched.values.reduce(0, +) <= 10, "\(touched)")
  }

  @Test func itCompiles() throws {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "activity-\(UUID())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let sources = scratch.appending(path: "Sources")
    try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
    for module in ["Simulator", "Scenario"] {
      try FileManager.default.copyItem(
        at: root.appending(path: "Sources/\(module)"), to: sources.appending(path: module))
    }
    try diff.write(to: scratch.appending(path: "a.diff"), atomically: true, encoding: .utf8)
    try run("patch", ["-p1", "-s", "-i", "a.diff"], in: scratch)
    let simulator = files(in: sources.appending(path: "Simulator"))
    try check("Simulator", simulator, in: scratch)
    // What other modules see of it, without the bodies that were checked.
    try run(
      "swiftc",
      ["-wmo", "-emit-module", "-o", "Simulator.swiftmodule", "-module-name", "Simulator"]
        + ["-Xfrontend", "-experimental-skip-non-inlinable-function-bodies"] + (try flags())
        + simulator,
      in: scratch)
    try check("Scenario", files(in: sources.appending(path: "Scenario")), in: scratch)
  }

  /// Checks the types of all files of a module, and makes nothing of them.
  private func check(_ module: String, _ files: [String], in folder: URL) throws {
    try run(
      "swiftc",
      ["-frontend", "-typecheck", "-module-name", module] + (try flags())
        + files.flatMap { ["-primary-file", $0] },
      in: folder)
  }

  /// As the package compiles its modules, whose other modules stand beside these tests.
  private func flags() throws -> [String] {
    let tests = try #require(Bundle.main.executableURL).resolvingSymlinksInPath()
    let build = tests.deletingLastPathComponent()
    let features = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
    let maps =
      ["CGSL", "CYAML", "CExpat", "CZlib", "CZstd"].map {
        root.appending(path: "Sources/\($0)/module.modulemap").path
      }
      + ["CVector", "CWatcher"].map { build.appending(path: "\($0).build/module.modulemap").path }
    return ["-I", ".", "-I", build.appending(path: "Modules").path, "-swift-version", "6"]
      + ["-package-name", packageName, "-warnings-as-errors"]
      + features.flatMap { ["-enable-upcoming-feature", $0] }
      + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
  }

  /// What the package manager calls the package to the compiler: its folder, as an identifier.
  private var packageName: String {
    let folder = root.lastPathComponent.lowercased()
    let name = String(folder.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    return name.first?.isNumber == true ? "_" + name.dropFirst() : name
  }

  private func files(in folder: URL) -> [String] {
    let paths = FileManager.default.enumerator(atPath: folder.path)
    return (paths?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
      .map { folder.appending(path: $0).path }
  }

  private func run(_ tool: String, _ arguments: [String], in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(tool): \(text.prefix(2000))")
  }
}
