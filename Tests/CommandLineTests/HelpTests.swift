// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import CommandLine

@Suite struct HelpTests {
  @Test func commandPageExplainsEveryParameter() {
    #expect(
      Help.page(of: Sample.self, in: "demo") == """
        Usage: demo run [options] <scenario> [<limit>] [<rest> ...]

        Simulate a scenario.

        Arguments:
          <scenario>                The scenario file.
          <limit>                   How many rows to print.
          <rest>                    More words.

        Options:
          --seed <whole number>     The seed every random stream derives from. (default: 1)
          --out <folder>            The folder for the results [new]: it's made.
          --format <table|csv|json>
                                    How to print. (default: table)
          --set <key=value>         A key and its value. (default: a=1; may be repeated)
          --quiet                   Print nothing but errors.
          --help                    Print this help and exit.

        Examples:
          demo run a.yaml --seed 7
              Runs with another seed.

        """)
  }

  @Test func toolPageListsTheCommands() {
    let page = Help.page(of: sampleTool)
    #expect(page.contains("\n  run                       Simulate a scenario.\n"))
    #expect(page.contains("\n  --version                 Print the version and exit.\n"))
  }

  @Test func familyPageListsItsMembers() {
    #expect(
      Help.page(of: .list, in: "demo") == """
        Usage: demo list <what> [options] ...

        List parts of it.

        Each part has options of its own.

        Commands:
          names                     List the names.
          sizes                     List the sizes.

        Options:
          --help                    Print this help and exit.

        Examples:
          demo list names
              Lists all names.

        See 'demo list <what> --help' for the arguments of one.

        """)
  }

  @Test func linesBreakBetweenWords() {
    let text = Array(repeating: "word", count: 40).joined(separator: " ")
    let lines = Help.wrapped(text, indent: 10).split(separator: "\n")
    // From column 10 to 90 there is room for 16 words of five columns, less the last space.
    #expect(lines.map { $0.split(separator: " ").count } == [16, 16, 8])
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("          word") })
  }
}
