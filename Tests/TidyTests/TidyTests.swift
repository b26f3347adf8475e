// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Habits of the house that a reviewer should not have to look for.
@Suite struct TidyTests {
  private let tree: SourceTree

  init() throws {
    tree = try SourceTree.shared.get()
  }

  @Test func theTreeIsFound() {
    #expect(tree.sources.count > 50 && tree.files.count > tree.sources.count)
  }

  @Test func everyFileSaysItsLicence() {
    for file in tree.files {
      #expect(
        file.lines.first == "// SPDX-License-Identifier: GPL-3.0-or-later", "\(file.path)")
    }
  }

  @Test func noFileIsLongerThan300Lines() {
    for file in tree.files {
      #expect(file.lines.count <= 300, "\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test func noFunctionIsLongerThan70Lines() {
    for file in tree.files {
      for function in functions(of: file) {
        #expect(
          function.length <= 70,
          "\(file.path):\(function.line): a function of \(function.length) lines")
      }
    }
  }

  /// Functions and initialisers; swift-format sees to it that the brace that closes one stands
  /// under the first letter of its declaration.
  private func functions(of file: SourceTree.File) -> [(line: Int, length: Int)] {
    var found: [(line: Int, length: Int)] = []
    for (index, line) in file.lines.enumerated() {
      let indent = line.prefix { $0 == " " }
      let words = line.dropFirst(indent.count).split { " (<".contains($0) }
      guard words.contains("func") || words.contains("init"), !words.contains("//"),
        !words.contains("///")
      else { continue }
      let rest = file.lines[index...]
      guard let end = rest.firstIndex(where: { $0.hasPrefix(indent + "}") }) else { continue }
      // A requirement of a protocol has no body: the brace belongs to what is around it.
      let opens = rest[index...end].first { $0.hasSuffix("{") }
      guard opens != nil, !line.hasSuffix("}") else { continue }
      found.append((index + 1, end - index + 1))
    }
    return found
  }

  /// What a run depends on is in the scenario and the seed, and nowhere else.
  @Test(arguments: [
    "Date(", ".now()", "gettimeofday", "time(nil)", "srand(", "drand48",
    "arc4random", "SystemRandomNumberGenerator", "static var ",
    "hashValue", "Hasher(",
  ])
  func noHiddenStateIsRead(banned: String) {
    for file in tree.sources {
      for (number, text) in file.code where text.contains(banned) {
        // A computed property holds nothing; a stored one ends without a brace.
        if banned == "static var ", text.contains("{") { continue }
        Issue.record("\(file.path):\(number): \(banned)")
      }
    }
  }

  /// How long a run took, and whether a terminal wants colours, are matters of the tool alone.
  @Test(arguments: [
    ("ContinuousClock", []), ("SuspendingClock", ["Policies", "Session", "Studies"]),
    ("clock_gettime", ["Studies"]),
    ("getenv", []), ("environ", []), ("ProcessInfo", []),
  ])
  func onlyTheToolLooksAtTheMachine(banned: String, others: [Substring]) {
    for file in tree.sources where !(["cpnsim", "CommandLine"] + others).contains(file.module) {
      for (number, text) in file.code {
        #expect(!text.contains(banned), "\(file.path):\(number)")
      }
    }
  }

  /// ThreadSanitizer does not know it; `Guarded` does the same.
  @Test func noLockIsUnknownToTheSanitizer() {
    for file in tree.sources {
      for (number, text) in file.code {
        #expect(!text.contains("Mutex(") && !text.contains("Mutex<"), "\(file.path):\(number)")
      }
    }
  }

  @Test func everyDrawNamesItsGenerator() {
    let draws = ["random(in:", "random()", "shuffled()", "shuffle()", "randomElement()"]
    for file in tree.files {
      for (number, text) in file.code where draws.contains(where: { text.contains(".\($0)") }) {
        #expect(text.contains("using:"), "\(file.path):\(number): a draw from nowhere")
      }
    }
  }

  @Test func noSourceImportsFoundation() {
    for file in tree.sources {
      #expect(!file.imports.contains { $0.hasPrefix("Foundation") }, "\(file.path)")
    }
  }

  /// The command line writes through `StandardOutput`, which says when it can't.
  @Test(arguments: ["print(", "debugPrint(", "dump(", "fputs("])
  func nothingPrintsByItself(banned: String) {
    for file in tree.sources {
      for (number, text) in file.code {
        // Names that end alike are no calls of it.
        guard let call = text.range(of: banned), text[..<call.lowerBound].last?.isLetter != true
        else { continue }
        Issue.record("\(file.path):\(number): \(banned)")
      }
    }
  }

  @Test func everyModuleHasTests() throws {
    let tests = try tree.folders(in: "Tests")
    // The tool parses, calls and prints; it is tested as a program. A module in C, which has no
    // file here, is tested as the module that imports it.
    for module in Set(tree.sources.map(\.module)) where module != "cpnsim" {
      #expect(tests.contains(module + "Tests"), "\(module) has no tests")
    }
  }
}
