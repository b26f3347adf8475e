// SPDX-License-Identifier: GPL-3.0-or-later
import CommandLine
import Testing

@Suite struct ParserTests {
  private func problem(_ words: String...) -> String? {
    do {
      _ = try Sample.parse(words)
      return nil
    } catch { return error.description }
  }

  @Test func defaultsStayWhereNothingIsGiven() throws {
    var expected = Sample()
    expected.scenario = "a.yaml"
    #expect(try Sample.parse(["a.yaml"]) == expected)
  }

  @Test func everyKindIsStored() throws {
    let words = [
      "a.yaml", "--seed", "7", "12", "--out=x=y", "--format", "csv", "--set", "b=2", "--set=c=3",
      "--quiet", "-", "-4",
    ]
    var expected = Sample()
    expected.scenario = "a.yaml"
    expected.limit = 12
    expected.rest = ["-", "-4"]
    expected.seed = 7
    expected.out = "x=y"
    expected.format = .csv
    expected.settings = ["b=2", "c=3"]
    expected.isQuiet = true
    #expect(try Sample.parse(words) == expected)
  }

  @Test func twoDashesEndOptions() throws {
    #expect(try Sample.parse(["--", "--seed", "3", "--"]).scenario == "--seed")
    #expect(try Sample.parse(["--", "--seed", "3", "--"]).rest == ["--"])
  }

  @Test func valuesMayBeNegativeAndEmpty() throws {
    #expect(try Sample.parse(["a", "--seed", "-5"]).seed == -5)
    #expect(try Sample.parse(["a", "--out="]).out?.isEmpty == true)
  }

  @Test func missingArgumentIsNamed() {
    #expect(problem() == "missing argument '<scenario>'")
  }

  @Test func missingValueIsNamed() {
    #expect(problem("a", "--seed") == "missing value: expected '--seed <whole number>'")
    #expect(problem("a", "--out", "--quiet") == "missing value: expected '--out <folder>'")
  }

  @Test func unknownOptionSuggestsTheNearest() {
    #expect(
      problem("a", "--sede=3") == """
        unknown option '--sede'; did you mean '--seed'?
          expected one of: --seed, --out, --format, --set, --quiet, --help
        """)
    #expect(problem("a", "-h")?.hasPrefix("unknown option '-h'; did you mean '--help'?") == true)
    #expect(problem("a", "--zzzzzz")?.contains("did you mean") == false)
  }

  @Test func repeatedOptionIsAnError() {
    #expect(problem("a", "--seed=1", "--seed", "1") == "'--seed' was given more than once")
    #expect(problem("a", "--quiet", "--quiet") == "'--quiet' was given more than once")
  }

  @Test func flagTakesNoValue() {
    #expect(problem("a", "--quiet=yes") == "'--quiet' takes no value, found 'yes'")
  }

  @Test func valueOfTheWrongTypeIsShown() {
    #expect(
      problem("a", "--seed", "many") == "'many' is no value for '--seed': expected a whole number")
    #expect(
      problem("a", "b") == "'b' is no value for '<limit>': expected a whole number")
    #expect(
      problem("a", "--format=jsn") == """
        'jsn' is no value for '--format'; did you mean 'json'?
          expected one of: table, csv, json
        """)
  }

  @Test func excessArgumentIsAnError() throws {
    #expect(throws: UsageError.excessArgument("x", expected: 0)) { try Plain.parse(["x"]) }
  }

  @Test(arguments: ["nan", "inf", "-inf", "1e999", "", "1 "])
  func numbersAreFinite(word: String) {
    #expect(Double(argument: word) == nil)
  }
}
