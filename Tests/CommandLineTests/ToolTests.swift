// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import CommandLine

@Suite struct ToolTests {
  /// Runs a command line and returns its exit code and what it wrote.
  private func result(_ words: String...) -> (code: Int32, output: String, error: String) {
    var output = ""
    var error = ""
    let console = Console(output: { output += $0 }, error: { error += $0 })
    let code = sampleTool.run(words, on: console)
    return (code.rawValue, output, error)
  }

  @Test func commandDecidesTheExitCode() {
    #expect(result("run", "fine") == (0, "", ""))
    #expect(result("run", "worse") == (1, "", ""))
  }

  @Test func errorsDecideTheExitCode() {
    #expect(result("run", "wrong") == (2, "", "error: a.yaml:3:1 the network is empty\n"))
    #expect(result("run", "broken") == (3, "", "error: Broken()\n"))
  }

  @Test func usageErrorsPointToTheHelp() {
    #expect(
      result("run") == (2, "", "error: missing argument '<scenario>'\nSee 'demo run --help'.\n"))
  }

  @Test func unknownCommandSuggestsTheNearest() {
    let expected = """
      error: unknown command 'rnu'; did you mean 'run'?
        expected one of: run, show, list, help
      See 'demo --help'.

      """
    #expect(result("rnu") == (2, "", expected))
    #expect(result("help", "rnu") == (2, "", expected))
  }

  @Test func nothingGivenPrintsTheHelpAsAnError() {
    #expect(result() == (2, "", Help.page(of: sampleTool)))
  }

  @Test func helpIsAnAnswer() {
    let page = Help.page(of: Sample.self, in: "demo")
    #expect(result("run", "--help") == (0, page, ""))
    #expect(result("run", "--seed", "--help") == (0, page, ""))
    #expect(result("help", "run") == (0, page, ""))
    #expect(result("--help") == (0, Help.page(of: sampleTool), ""))
    #expect(result("help") == (0, Help.page(of: sampleTool), ""))
  }

  @Test func versionIsAnAnswer() {
    #expect(result("--version") == (0, "demo 1.2.3\n", ""))
    // help2man asks every subcommand for its version.
    #expect(result("run", "--version") == (0, "demo 1.2.3\n", ""))
  }

  @Test func wordsAfterTwoDashesAreNoQuestions() {
    #expect(result("run", "--", "--help") == (0, "", ""))
  }
}
