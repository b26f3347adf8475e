// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct HelpTests {
  static let commands = [
    "run", "validate", "sweep", "sensitivity", "compare", "check", "plan", "explain", "report",
    "import", "schema", "completions",
  ]
  /// Examples of others print more than is read, take long, which .ci/check-docs has the time for, or
  /// write into the repository.
  static let commandsWithExamples = commands.filter {
    !["completions", "check", "sweep", "sensitivity", "plan"].contains($0)
  }

  @Test func theToolListsItsCommands() throws {
    let outcome = try Workspace().cpnsim("--help")
    #expect(outcome.code == 0)
    for command in Self.commands + ["show"] {
      #expect(outcome.output.contains("\n  \(command) "))
    }
  }

  @Test func showListsItsSubjects() throws {
    let outcome = try Workspace().cpnsim("show", "--help")
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("Usage: cpnsim show <what> [options] ..."))
    for subject in ShowSubjects.all { #expect(outcome.output.contains("\n  \(subject) ")) }
    #expect(outcome.output == (try Workspace().cpnsim("help", "show").output))
  }

  @Test func theVersionIsThatOfTheManifest() throws {
    let workspace = try Ring.workspace()
    #expect(try workspace.cpnsim("run", "ring.yaml", "--out", "out", "--quiet").code == 0)
    let version = try #require(try workspace.json(of: "out/manifest.json")["version"] as? String)
    #expect(try workspace.cpnsim("--version").output == "cpnsim \(version)\n")
  }

  @Test(arguments: commands + ShowSubjects.all.map { "show \($0)" })
  func everyCommandExplainsItself(_ command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try Workspace().cpnsim(words + ["--help"])
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("Usage: cpnsim \(command) [options]"))
    #expect(outcome.output.contains("\nExamples:\n  "))
    #expect(outcome.output == (try Workspace().cpnsim(["help"] + words).output))
  }

  /// The examples of a command, in order, from where the repository's scenarios are.
  @Test(
    arguments: commandsWithExamples + ["show"]
      + ShowSubjects.all.map { "show \($0)" })
  func examplesWorkAsPrinted(_ command: String) throws {
    let workspace = try Workspace()
    let scenarios = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Scenarios").standardizedFileURL.path
    #expect(try workspace.bash("ln -s '\(scenarios)' Scenarios").code == 0)
    let help = try workspace.bash("cpnsim \(command) --help").output
    let examples = help.split(separator: "\n").filter { $0.hasPrefix("  cpnsim ") }
    #expect(!examples.isEmpty)
    for example in examples {
      let outcome = try workspace.bash(String(example))
      #expect(outcome.code == 0, "\(example): \(outcome.errors)")
    }
  }

  @Test func bashCompletesFromTheScript() throws {
    let outcome = try Workspace().bash(
      """
      source <(cpnsim completions bash)
      COMP_WORDS=(cpnsim show "") COMP_CWORD=2 && _cpnsim && echo "${COMPREPLY[@]}"
      COMP_WORDS=(cpnsim explain out "") COMP_CWORD=3 && _cpnsim && echo "${COMPREPLY[@]}"
      COMP_WORDS=(cpnsim "val") COMP_CWORD=1 && _cpnsim && echo "${COMPREPLY[@]}"
      """)
    #expect(outcome.code == 0)
    #expect(
      outcome.output
        == ShowSubjects.all.joined(separator: " ")
        + " --help\nflow demand link fibre site request job pool\nvalidate\n"
    )
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func everyShellHasItsScript(_ shell: String) throws {
    let outcome = try Workspace().cpnsim("completions", shell)
    #expect(outcome.code == 0)
    for command in Self.commands { #expect(outcome.output.contains(command)) }
  }

  @Test func theSchemaIsJSON() throws {
    let outcome = try Workspace().cpnsim("schema")
    #expect(outcome.code == 0)
    let schema = try outcome.object()
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect((schema["properties"] as? [String: Any])?["network"] != nil)
  }
}

/// What `cpnsim show` can show, in the order of its help.
enum ShowSubjects {
  static let all = [
    "network", "links", "paths", "fibres", "light", "circles", "headroom", "pools",
    "allocation", "events", "trace", "columns", "presets",
  ]
}
