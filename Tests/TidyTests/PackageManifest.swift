// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// The targets that Package.swift declares, as its text has them.
struct PackageManifest {
  struct Target {
    let name: String
    let dependencies: Set<String>
    /// From the root of the package.
    let folder: String
  }

  let targets: [Target]

  /// Reads the calls in the list of targets; what they are is written in Package.swift above it.
  init(_ text: String) throws {
    let list = try #require(text.ranges(of: "\n  targets: [\n").last)
    var rest = text[list.upperBound...]
    var targets: [Target] = []
    while let open = rest.firstIndex(of: "(") {
      let function = rest[..<open].suffix(while: \.isLetter)
      let call = try #require(PackageManifest.parentheses(rest[open...]))
      targets.append(try PackageManifest.target(of: function, call))
      rest = rest[call.endIndex...]
    }
    self.targets = targets
  }

  /// What stands between the first parenthesis and the one that closes it.
  private static func parentheses(_ text: Substring) -> Substring? {
    var depth = 0
    let end = text.firstIndex { character in
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      return depth == 0
    }
    return end.map { text[text.index(after: text.startIndex)..<$0] }
  }

  private static func target(of function: Substring, _ call: Substring) throws -> Target {
    let labels = ["resources:", "excluding:", "path:", "swiftSettings:", "pkgConfig:"]
    let ends = labels.compactMap { call.firstRange(of: $0)?.lowerBound }
    let strings = quoted(call[..<(ends.min() ?? call.endIndex)])
    let name = try #require(strings.first)
    let path = call.firstRange(of: "path:").flatMap { quoted(call[$0.upperBound...]).first }
    let isBenchmark = function == "benchmark"
    let folder =
      isBenchmark
      ? "Benchmarks/Sources/\(name)"
      : path ?? (function == "tests" ? "Tests/\(name)" : "Sources/\(name)")
    return Target(
      name: name, dependencies: Set(strings.dropFirst() + (isBenchmark ? ["Measuring"] : [])),
      folder: folder)
  }

  private static func quoted(_ text: Substring) -> [String] {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
  }
}

extension StringProtocol {
  /// The longest end of it whose characters all are of a kind.
  fileprivate func suffix(while isOne: (Character) -> Bool) -> SubSequence {
    self[(lastIndex { !isOne($0) }.map(index(after:)) ?? startIndex)...]
  }
}
