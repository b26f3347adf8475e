// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import CommandLine

@Suite struct CommandFamilyTests {
  /// Runs a command line and returns its exit code and what it wrote.
  private func result(_ words: String...) -> (code: Int32, output: String, error: String) {
    var output = ""
    var error = ""
    let console = Console(output: { output += $0 }, error: { error += $0 })
    let code = sampleTool.run(words, on: console)
    return (code.rawValue, output, error)
  }

  @Test func theSecondWordNamesTheCommand() {
    #expect(result("list", "names", "a.yaml") == (0, "", ""))
    #expect(result("list", "names", "a.yaml", "--only", "a") == (1, "", ""))
    #expect(result("list", "sizes", "--all") == (0, "", ""))
  }

  @Test func anOptionOfOthersIsRefusedByName() {
    #expect(
      result("list", "names", "a.yaml", "--all")
        == (2, "", "error: --all goes with 'list sizes' only\nSee 'demo list names --help'.\n"))
    #expect(
      result("list", "sizes", "--only=a")
        == (2, "", "error: --only goes with 'list names' only\nSee 'demo list sizes --help'.\n"))
  }

  @Test func anOptionOfNobodyIsUnknown() {
    let expected = """
      error: unknown option '--onyl'; did you mean '--only'?
        expected one of: --only, --help
      See 'demo list names --help'.

      """
    #expect(result("list", "names", "--onyl", "a") == (2, "", expected))
  }

  @Test func theSecondWordMustBeAName() {
    #expect(
      result("list") == (2, "", "error: missing argument '<what>'\nSee 'demo list --help'.\n"))
    let unknown = """
      error: 'nmaes' is no value for '<what>'; did you mean 'names'?
        expected one of: names, sizes
      See 'demo list --help'.

      """
    #expect(result("list", "nmaes") == (2, "", unknown))
    #expect(result("help", "list", "nmaes") == (2, "", unknown))
    let early = """
      error: '--all' stands before <what>
        expected one of: names, sizes
      See 'demo list --help'.

      """
    #expect(result("list", "--all", "sizes") == (2, "", early))
  }

  @Test func eachHasItsHelp() {
    let family = Help.page(of: .list, in: "demo")
    #expect(result("list", "--help") == (0, family, ""))
    #expect(result("help", "list") == (0, family, ""))
    let member = Help.page(of: ListNames.self, in: "demo list")
    #expect(member.hasPrefix("Usage: demo list names [options] <file>\n"))
    #expect(member.contains("  --only <text>             Those with this text.\n"))
    #expect(result("list", "names", "--help") == (0, member, ""))
    #expect(result("list", "names", "a", "--only", "--help") == (0, member, ""))
    #expect(result("list", "--help", "names") == (0, member, ""))
    #expect(result("help", "list", "names") == (0, member, ""))
  }
}
