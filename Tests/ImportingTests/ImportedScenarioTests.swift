// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing
import YAMLReader

@testable import Importing

@Suite struct ImportedScenarioTests {
  private func scenario(
    of network: ImportedNetwork, _ rules: ScenarioRules = ScenarioRules()
  ) throws -> ImportedScenario {
    try ImportedScenario(
      network, rules: rules, lengths: LengthRules(), file: "nets/f.txt", version: "9.9")
  }

  @Test func theWholeFileReadsAsItIsDocumented() throws {
    var network = try imported(SNDlibNativeTests.quarters)
    network.fibres[1].capacity = BitsPerSecond(2.5e9)
    let scenario = try scenario(of: network)
    #expect(
      scenario.text == """
        # Imported from f.txt (SNDlib native) by cpnsim 9.9. Lengths: straight line x 1.5.
        scenario: quarters
        description: "3 sites, 2 fibres, 2 demands, imported from f.txt"
        duration: 1 h
        network:
          nodes:
            - {name: A, latitude: 0, longitude: 0}
            - {name: B, latitude: 0, longitude: 90}
            - {name: C, latitude: 90, longitude: 0}
            - {name: A-B regenerator 1, latitude: 0, longitude: 30}  # regenerates light
            - {name: A-B regenerator 2, latitude: 0, longitude: 60}  # regenerates light
            - {name: A-C regenerator 1, latitude: 30, longitude: 0}  # regenerates light
            - {name: A-C regenerator 2, latitude: 60, longitude: 0}  # regenerates light
          fibres:
            - {name: A-B part 1, between: [A, A-B regenerator 1], length: 5003.8 km}
            - {name: A-B part 2, between: [A-B regenerator 1, A-B regenerator 2], length: 5003.8 km}
            - {name: A-B part 3, between: [A-B regenerator 2, B], length: 5003.8 km}
            - {name: A-C part 1, between: [A, A-C regenerator 1], length: 5003.8 km}
            - {name: A-C part 2, between: [A-C regenerator 1, A-C regenerator 2], length: 5003.8 km}
            - {name: A-C part 3, between: [A-C regenerator 2, C], length: 5003.8 km}
        light:
          # No transceiver closes over 2 fibres: their parts end where light is regenerated.
          regeneration: true
          links:
            - {name: A-B, between: [A, B], channels: 4, route: [A-B part 1, A-B part 2, A-B part 3]}
            - {name: A-C, between: [A, C], channels: 4, route: [A-C part 1, A-C part 2, A-C part 3]}  # imported capacity: 2.5 Gbps
        traffic:
          - generate:
              name: demands
              arrivals: {poisson: {load: 253 Gbps}}
              sizes: {exponential: 10 GB}
              pairs:  # both ways: the file has each pair once
                - {from: A, to: B, weight: 126}
                - {from: B, to: A, weight: 126}
                - {from: B, to: C, weight: 0.5}
                - {from: C, to: B, weight: 0.5}
        sample_every: 1 min

        """)
    #expect(
      scenario.warnings == [
        """
        the file does not state the unit of its demands: each is taken as 1 Gbps, together \
        253 Gbps; --demand-unit says otherwise
        """
      ])
  }

  @Test func withoutDemandsTheLargestPartSharesTheUsualLoad() throws {
    let text = try scenario(of: imported(GraphMLTests.text, placedOnly: true)).text
    #expect(
      text.hasSuffix(
        """
              arrivals: {poisson: {load: 100 Gbps}}
              sizes: {exponential: 10 GB}
              weights:
                Mainz: 1
                "A & B C": 1
                Mainz-2: 1
                "4": 1
        sample_every: 1 min

        """))
  }

  @Test func rulesReplaceWhatTheFileSays() throws {
    var rules = ScenarioRules()
    rules.name = "other"
    rules.channels = 7
    rules.demandUnit = BitsPerSecond(2e6)
    let network = try imported(SNDlibNativeTests.quarters)
    let byUnit = try scenario(of: network, rules)
    #expect(byUnit.name == "other" && byUnit.warnings.isEmpty)
    #expect(byUnit.text.contains("scenario: other\n") && byUnit.text.contains("channels: 7,"))
    #expect(byUnit.text.contains("{load: 506 Mbps}"))
    rules.load = BitsPerSecond(3e12)
    #expect(try scenario(of: network, rules).text.contains("{load: 3 Tbps}"))
  }

  @Test func aSumThatNoScenarioTakesIsAnError() throws {
    var network = try imported(SNDlibNativeTests.quarters)
    network.demandUnit = BitsPerSecond(1e17)
    #expect(throws: ImportError.self) { try scenario(of: network) }
  }

  /// Names that YAML would take for something else, or would not take.
  static let nasty = [
    "on", "No", "null", "~", "1", "1.5", "0x1F", "1e3", "-", "- a", "a: b", "a #b", "#a", "[a]",
    "{a}", "*a", "&a", "!a", "%a", "@a", "`a`", "|", ">", "?", ":", "a:", "'a'", "it's", "\\n",
    "München", "呼和浩特", "😀", "a\u{85}b", "e\u{301}", ".inf", "NaN", "=", "<<", "2001-01-01",
    "---", "...", "a\tb", "a\u{FEFF}b", "\u{200F}abc", "true", "y", "a\\\"b", "ceiling", "x:back",
    ":back", " a  b ", ";", String(repeating: "ü", count: 5000), "a\u{2028}b",
  ]

  @Test func everyNameComesBackFromYAML() throws {
    var network = try imported(SNDlibNativeTests.quarters)
    var unique = UniqueNames()
    let names = Self.nasty.map { unique.unique(ValidName.from($0)) }
    network.sites = names.map { .init(name: $0, position: nil) }
    network.largestPart = Array(names.indices)
    network.demands = []
    for index in network.fibres.indices {
      (network.fibres[index].parts, network.fibres[index].regenerators) = ([], [])
    }
    let text = try scenario(of: network).text
    var problems = Problems(file: "f")
    let tree = try #require(Node.read(Array(text.utf8), problems: &problems))
    #expect(problems.isEmpty, "\(problems.all)")
    let nodes = tree["network"]?["nodes"]?.elements.compactMap { $0["name"]?.text }
    #expect(nodes == names)
    let weights = tree["traffic"]?.elements.first?["generate"]?["weights"]
    #expect(weights?.keys == names)
  }

  /// The rules of names in scenarios, spelt once more.
  @Test(arguments: nasty)
  func everyNameIsOneThatScenariosTake(_ text: String) {
    let name = ValidName.from(text)
    #expect(!name.isEmpty && name == name.trimmed && !name.hasSuffix(":back") && name != "ceiling")
    #expect(!name.contains { ";,\"".contains($0) || $0.isNewline })
    #expect(!name.unicodeScalars.contains { $0.properties.generalCategory == .control })
    #expect(name.unicodeScalars.count <= 100)
    #expect(ValidName.from(name) == name)
  }

  @Test func repeatedNamesCountOn() {
    var names = UniqueNames()
    #expect(
      ["a", "a", "a-2", "a", "a-2"].map { names.unique($0) } == [
        "a", "a-2", "a-2-2", "a-3", "a-2-3",
      ])
  }
}

extension Node {
  fileprivate subscript(key: String) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  fileprivate var elements: [Node] {
    guard case .sequence(let elements) = content else { return [] }
    return elements
  }

  fileprivate var keys: [String] {
    guard case .mapping(let entries) = content else { return [] }
    return entries.map(\.key)
  }

  /// The text of a scalar that no reader takes for anything else.
  fileprivate var text: String? {
    guard case .scalar(let scalar) = content, !isNothing else { return nil }
    let isText = scalar.isQuoted || Double(scalar.text) == nil
    return isText ? scalar.text : nil
  }
}
