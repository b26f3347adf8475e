// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What `--set` and `--unset` change, and what they say where they can't.
@Suite struct SettingsTests {
  private static let scenario = """
    scenario: settings
    duration: 1 h
    network:
      use: national
      links:
        - {name: Beijing-ZJK, from: Beijing, to: ZJK, capacity: 100 Gbps, two_way: true}
    traffic:
      - generate:
          name: moves
          arrivals: {deterministic: 1 /min}
          sizes: {fixed: 1 GB}
          weights: {Beijing: 1, ZJK: 1}
    events:
      - {at: 10 min, fail: Beijing-ZJK, for: 1 min}
    outputs: [summary]

    """

  private func run(_ words: [String], _ text: String = scenario) throws -> Outcome {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    return try workspace.cpnsim(["run", "s.yaml", "--format", "csv"] + words)
  }

  @Test(arguments: [
    (["--set", "network.links[Beijing-Zhangjiakou].capacity=50 Gbps"], "100 Gbps", "50 Gbps"),
    (["--set", "network.links[张家口-北京].capacity=50 Gbps"], "100 Gbps", "50 Gbps"),
    (["--set", "traffic[moves].generate.weights.Zhangjiakou=3"], "ZJK: 1}", "ZJK: 3}"),
    (
      ["--set", "events[+]={at: 20 min, fail: Beijing-Zhangjiakou, for: 3 min}"],
      "outputs:", "  - {at: 20 min, fail: Beijing-ZJK, for: 3 min}\noutputs:"
    ),
    (["--unset", "events"], "events:\n  - {at: 10 min, fail: Beijing-ZJK, for: 1 min}\n", ""),
    (["--unset", "events[0]"], "events:\n  - {at: 10 min, fail: Beijing-ZJK, for: 1 min}\n", ""),
    (
      ["--set", "events[+]={at: 5 min, fail: Beijing-ZJK}", "--unset", "events"],
      "{at: 10 min, fail: Beijing-ZJK, for: 1 min}", "{at: 5 min, fail: Beijing-ZJK}"
    ),
    (["--set", "network.port.buffer=1 MB"], "  links:", "  port: {buffer: 1 MB}\n  links:"),
  ]) func aSettingIsTheSameAsWritingIt(words: [String], from: String, to: String) throws {
    #expect(Self.scenario.contains(from))
    let set = try run(words)
    #expect(set.code == 0, "\(set.errors)")
    let written = try run([], Self.scenario.replacingOccurrences(of: from, with: to))
    #expect(set.output == written.output)
    // With two nodes all pairs have one share, whatever the weights.
    guard !words[1].contains("weights") else { return }
    #expect(set.output != (try run([])).output)
  }

  @Test func whatIsAppendedMayBeTheFirst() throws {
    let event = "{at: 10 min, fail: Beijing-ZJK, for: 1 min}"
    let without = Self.scenario.replacingOccurrences(of: "events:\n  - \(event)\n", with: "")
    let appended = try run(["--set", "events[+]=\(event)"], without)
    #expect(appended.code == 0, "\(appended.errors)")
    #expect(try appended.output == run([]).output)
  }

  @Test(arguments: [
    (
      ["--set", "network.links[0].capacity=800", "Gbps"],
      "'Gbps' stands alone after '--set network.links[0].capacity=800'; a value with blanks needs "
        + "quotes: --set 'network.links[0].capacity=800 Gbps'"
    ),
    (["--set=duration=10", "min"], "a value with blanks needs quotes: --set 'duration=10 min'"),
    (["--set", "events[+]={at:", "20", "h}"], "needs quotes: --set 'events[+]={at: 20 ...'"),
    (["--set", "events[x]={}"], "unknown name \"x\"; there are none; events[+] adds an element"),
    (["--set", "events[+].at=1 h"], "[+] adds an element, and stands at the end of a path"),
    (["--set", "network[+]=1"], "network is a mapping, and [+] adds to a list"),
    (["--unset", "evnts"], "--unset evnts: in the file: unknown key \"evnts\"; did you mean"),
    (["--unset", "events[3]"], "--unset events[3]: events has elements 0 to 0, not 3"),
    (["--unset", "network.links"], "--unset"),
    (["--set", "netwrk.port.buffer=1 MB"], "unknown key \"netwrk\"; did you mean \"network\"?"),
  ]) func aSettingThatCannotBeMadeSaysWhy(words: [String], error: String) throws {
    // Without links there are no ways, which is another error.
    guard words != ["--unset", "network.links"] else {
      #expect(try run(words).errors.contains("the fibres are dark"))
      return
    }
    let outcome = try run(words)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(error), "\(outcome.errors)")
  }
}
