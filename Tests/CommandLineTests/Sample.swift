// SPDX-License-Identifier: GPL-3.0-or-later
import CommandLine

enum Format: String, CaseIterable, ArgumentValue {
  case table, csv, json
}

/// A command with one parameter of every kind.
struct Sample: Command, Equatable {
  static let name = "run"
  static let abstract = "Simulate a scenario."
  static let examples = [Example("demo run a.yaml --seed 7", "Runs with another seed.")]
  static var parameters: [Parameter<Self>] {
    [
      .argument("scenario", \.scenario, "The scenario file.")
        .taking("file", .file(extensions: ["yaml", "yml"])),
      .optionalArgument("limit", \.limit, "How many rows to print."),
      .arguments("rest", \.rest, "More words."),
      .option("seed", \.seed, "The seed every random stream derives from."),
      .option("out", \.out, "The folder for the results [new]: it's made.")
        .taking("folder", .directory),
      .option("format", \.format, "How to print."),
      .options("set", \.settings, "A key and its value.").taking("key=value"),
      .flag("quiet", \.isQuiet, "Print nothing but errors."),
    ]
  }

  var scenario = ""
  var limit: Int?
  var rest: [String] = []
  var seed = 1
  var out: String?
  var format = Format.table
  var settings = ["a=1"]
  var isQuiet = false

  func run() throws -> ExitCode {
    switch scenario {
    case "worse": return .regression
    case "broken": throw Broken()
    case "wrong": throw Wrong()
    default: return .done
    }
  }
}

struct Plain: Command {
  static let name = "show"
  static let abstract = "Show what is there."
  func run() -> ExitCode { .done }
}

extension CommandFamily {
  static let list = CommandFamily(
    name: "list", placeholder: "what", abstract: "List parts of it.",
    discussion: "Each part has options of its own.",
    examples: [Example("demo list names", "Lists all names.")],
    members: [ListNames.self, ListSizes.self])
}

struct ListNames: Command, Equatable {
  static let name = "names"
  static let abstract = "List the names."
  static let examples = [Example("demo list names --only a", "Lists those with an a.")]
  static var parameters: [Parameter<Self>] {
    [
      .argument("file", \.file, "The file.").taking("file", .file(extensions: ["yaml", "yml"])),
      .option("only", \.only, "Those with this text."),
    ]
  }

  var file = ""
  var only: String?

  func run() -> ExitCode { only == nil ? .done : .regression }
}

struct ListSizes: Command {
  static let name = "sizes"
  static let abstract = "List the sizes."
  static var parameters: [Parameter<Self>] {
    [
      .option("format", \.format, "How to print."),
      .flag("all", \.showsAll, "Small ones too."),
    ]
  }

  var format = Format.table
  var showsAll = false

  func run() -> ExitCode { .done }
}

struct Broken: Error {}

struct Wrong: ReportableError {
  var exitCode: ExitCode { .wrongInput }
  var description: String { "a.yaml:3:1 the network is empty" }
}

let sampleTool = Tool(
  name: "demo", version: "1.2.3", abstract: "Do what a test needs.",
  entries: [.command(Sample.self), .command(Plain.self), .family(.list)])
