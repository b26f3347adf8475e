// SPDX-License-Identifier: GPL-3.0-or-later
import CommandLine
import Foundation
import Testing

@Suite struct CompletionsTests {
  /// Writes the script to a file, so that shells can read it as they would.
  private func withScript<Result>(
    _ shell: Shell, _ body: (_ folder: URL, _ script: String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "_demo")
    try Completions.script(for: sampleTool, shell: shell)
      .write(to: file, atomically: true, encoding: .utf8)
    return try body(folder, file.path)
  }

  private func output(_ words: [String], in folder: URL) throws -> (code: Int32, text: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// What bash offers for the last of the words.
  private func offers(_ words: String...) throws -> [String] {
    try withScript(.bash) { folder, script in
      for file in ["a.yaml", "b c.yml", "notes.txt"] {
        try Data().write(to: folder.appending(path: file))
      }
      try FileManager.default.createDirectory(
        at: folder.appending(path: "results"), withIntermediateDirectories: true)
      let program = """
        script=$1; shift
        source "$script"
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _demo
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      let result = try output(["bash", "-c", program, "bash", script, "demo"] + words, in: folder)
      return result.text.split(separator: "\n").map(String.init).sorted()
    }
  }

  @Test func bashAcceptsTheScript() throws {
    let result = try withScript(.bash) { folder, script in
      try output(["bash", "-n", script], in: folder)
    }
    #expect(result == (0, ""))
  }

  @Test func bashCompletesCommands() throws {
    #expect(try offers("") == ["--help", "--version", "help", "list", "run", "show"])
    #expect(try offers("r") == ["run"])
    #expect(try offers("help", "s") == ["show"])
    #expect(try offers("unknown", "").isEmpty)
  }

  @Test func bashCompletesOptions() throws {
    #expect(try offers("run", "--s") == ["--seed", "--set"])
    #expect(try offers("run", "--seed", "3", "--q") == ["--quiet"])
    #expect(try offers("show", "--") == ["--help"])
    #expect(try offers("run", "--", "--s").isEmpty)
  }

  @Test func bashCompletesValues() throws {
    #expect(try offers("run", "--format", "") == ["csv", "json", "table"])
    // bash takes the equals sign for a word of its own.
    #expect(try offers("run", "--format", "=", "j") == ["json"])
    #expect(try offers("run", "--format", "=") == ["csv", "json", "table"])
    #expect(try offers("run", "--out", "") == ["results"])
    #expect(try offers("run", "--seed", "").isEmpty)
  }

  @Test func bashCompletesFilesInTheirPlace() throws {
    #expect(try offers("run", "") == ["a.yaml", "b c.yml", "results"])
    #expect(try offers("run", "--seed", "=", "3", "--quiet", "a") == ["a.yaml"])
    #expect(try offers("run", "--", "a") == ["a.yaml"])
    // The second place is a number, which nothing completes.
    #expect(try offers("run", "a.yaml", "").isEmpty)
  }

  @Test func bashCompletesTheMembersOfAFamily() throws {
    #expect(try offers("list", "") == ["--help", "names", "sizes"])
    #expect(try offers("list", "n") == ["names"])
    #expect(try offers("help", "list", "") == ["names", "sizes"])
    #expect(try offers("help", "run", "") == [])
    #expect(try offers("list", "names", "--") == ["--help", "--only"])
    #expect(try offers("list", "sizes", "--") == ["--all", "--format", "--help"])
    #expect(try offers("list", "sizes", "--format", "=", "j") == ["json"])
    #expect(try offers("list", "names", "") == ["a.yaml", "b c.yml", "results"])
    #expect(try offers("list", "names", "--only", "x", "a") == ["a.yaml"])
    #expect(try offers("list", "unknown", "").isEmpty)
  }

  @Test func zshScriptDescribesEveryKind() {
    let script = Completions.script(for: sampleTool, shell: .zsh)
    #expect(script.hasPrefix("#compdef demo\n"))
    for part in [
      #"'1:scenario:_files -g "*.(yaml|yml)"'"#, "'2::limit: '", "'*:rest: '",
      #"'--out=[The folder for the results \[new\]\: it'\''s made.]:folder:_files -/'"#,
      "'--format=[How to print.]:table|csv|json:(table csv json)'",
      "'*--set=[A key and its value.]:key=value: '", "'--quiet[Print nothing but errors.]'",
      "local -a members=('names:List the names.' 'sizes:List the sizes.')",
      "        names) _arguments -S '--only=[Those with this text.]:text: '",
    ] {
      #expect(script.contains(part), "\(part)")
    }
  }

  @Test func fishScriptDescribesEveryKind() {
    let lines = Completions.script(for: sampleTool, shell: .fish).split(separator: "\n")
    let start = "complete -c demo -n '__fish_seen_subcommand_from run'"
    let family = "complete -c demo -n '__fish_seen_subcommand_from list"
    for line in [
      "complete -c demo -n __fish_use_subcommand -a run -d 'Simulate a scenario.'",
      start + " -l format -r -f -a 'table csv json' -d 'How to print.'",
      start + " -l quiet -d 'Print nothing but errors.'",
      start + " -f -a '(__fish_complete_suffix .yaml; __fish_complete_suffix .yml)'"
        + " -d 'The scenario file.'",
      family + "; and not __fish_seen_subcommand_from names sizes' -a names -d 'List the names.'",
      family + "; and __fish_seen_subcommand_from sizes' -l all -d 'Small ones too.'",
    ] {
      #expect(lines.contains { $0 == line }, "\(line)")
    }
  }

  static func isInstalled(_ shell: Shell) -> Bool {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)") }
  }

  @Test(.enabled("needs zsh") { isInstalled(.zsh) })
  func zshAcceptsTheScript() throws {
    let result = try withScript(.zsh) { folder, script in
      try output(["zsh", "-n", script], in: folder)
    }
    #expect(result == (0, ""))
  }

  @Test(.enabled("needs fish") { isInstalled(.fish) })
  func fishCompletes() throws {
    let text = try withScript(.fish) { folder, script in
      try output(
        ["fish", "-N", "-c", "source \(script); complete -C 'demo run --format '"], in: folder)
    }.text
    #expect(
      text.split(separator: "\n").map { $0.prefix { $0 != "\t" } } == ["csv", "json", "table"])
  }
}
