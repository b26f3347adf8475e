// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
public import Importing
internal import NetworkModel
internal import Results
internal import Session

/// `cpnsim import`: makes a scenario of a network file in a foreign format.
struct ImportCommand: Command {
  static let name = "import"
  static let abstract = "Make a scenario of a network file of SNDlib, Topology Zoo or TopoHub."
  static let discussion = """
    The content decides the format: SNDlib native, SNDlib XML, GraphML as the Internet Topology \
    Zoo has it, or the JSON of TopoHub. A fibre is as long as the straight line between its ends \
    times --route-factor. Where a place is not known that needs --default-length or --placed-only; \
    no length is made up. Where no transceiver closes over a fibre, it is cut into parts between \
    places that make light anew. Demands of a file that has each pair once go both ways.

    Standard error lists what had to be changed, such as names that a scenario can't have. \
    A file of --out is there when it is complete, and not before.
    """
  static let examples = [
    Example(
      "cpnsim import Scenarios/networks/lakes.txt", "Print the scenario of a network file."),
    Example(
      "cpnsim import Scenarios/networks/lakes.txt --out lakes.yaml --load '2 Tbps'",
      "Write it to a file, with more traffic than the demands ask for."),
    Example(
      "cpnsim import Scenarios/networks/lakes.txt --route-factor 1.2 --channels 20",
      "Let fibres run straighter, and light more channels on each."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("network", \.network, "The network file.")
        .taking("file", .file(extensions: ["txt", "xml", "graphml", "json"])),
      .option("out", \.out, "The scenario file to write; standard output otherwise.")
        .taking("file", .scenario),
      .flag("force", \.isForced, "Replace the file of --out if it exists."),
      .option("input-format", \.inputFormat, "The format of the network file."),
      .option("name", \.name, "The scenario's name, if not the network's own."),
      .option("route-factor", \.routeFactor, "How much longer fibres are than a straight line.")
        .taking("number"),
      .option("default-length", \.defaultLength, "The length of fibres between unknown places."),
      .option("min-length", \.shortest, "The length that shorter fibres are taken as."),
      .flag("placed-only", \.isPlacedOnly, "Leave out nodes without coordinates."),
      .option("channels", \.channels, "How many channels are lit on each fibre.")
        .taking("whole number"),
      .option(
        "demand-unit", \.demandUnit, "The rate of a demand of 1, in place of the file's own."),
      .option("load", \.load, "The rate that all traffic asks for, if not the demands' sum."),
    ]
  }

  var network = ""
  var out: String?
  var isForced = false
  var inputFormat: FileFormat?
  var name: String?
  var routeFactor = 1.5
  var defaultLength: Kilometres?
  var shortest = Kilometres(1)
  var isPlacedOnly = false
  var channels = 4
  var demandUnit: BitsPerSecond?
  var load: BitsPerSecond?

  func run() throws -> ExitCode {
    let lengths = try lengthRules()
    let rules = try scenarioRules()
    let imported = try ImportedNetwork(file: network, format: inputFormat, lengths: lengths)
    let scenario = try ImportedScenario(
      imported, rules: rules, lengths: lengths, file: network, version: Version.text)
    StandardError.write(
      warnings: (imported.warnings + scenario.warnings).map { "\(network): \($0)" })
    guard let out else {
      try StandardOutput.write(scenario.text)
      return .done
    }
    try WholeFile.write(scenario.text, to: out, replacing: isForced)
    StandardError.write("Wrote \(out)\n")
    return .done
  }

  private func lengthRules() throws(UsageError) -> LengthRules {
    guard routeFactor >= 1, routeFactor <= 10 else {
      throw .other("--route-factor is from 1 to 10: no fibre is shorter than a straight line")
    }
    if isPlacedOnly, defaultLength != nil {
      throw .other("--placed-only leaves no place for --default-length; give one of them")
    }
    var rules = LengthRules()
    rules.routeFactor = routeFactor
    rules.unknown = defaultLength
    rules.shortest = shortest
    rules.leavesOutUnplaced = isPlacedOnly
    return rules
  }

  private func scenarioRules() throws(UsageError) -> ScenarioRules {
    guard (1...80).contains(channels) else {
      throw .other("--channels is from 1 to 80: the grid of an imported scenario has no more")
    }
    if load != nil, demandUnit != nil {
      throw .other("--load replaces the sum of the demands; give it or --demand-unit")
    }
    var rules = ScenarioRules()
    rules.name = name
    rules.channels = channels
    rules.demandUnit = demandUnit
    rules.load = load
    return rules
  }
}

extension FileFormat: ArgumentValue {}

extension ImportError: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}
