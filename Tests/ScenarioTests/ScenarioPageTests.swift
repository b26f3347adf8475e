// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Scenario
import Testing

/// Every example of docs/scenario.md is accepted, inside a scenario that has what it speaks of.
@Suite struct ScenarioPageTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/scenario.md")

  /// The blocks of YAML, as they stand there.
  private static let examples: [String] = {
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n```yaml\n").dropFirst().map {
      ($0.components(separatedBy: "\n```").first ?? "") + "\n"
    }
  }()

  @Test func thereAreExamples() {
    #expect(Self.examples.count > 15)
  }

  @Test(arguments: examples) func anExampleIsAccepted(example: String) throws {
    let folder = try ScratchFolder()
    try folder.write(
      "request,start_s,source,target,rate_bps,hold_s,protection\n", to: "requests.csv")
    try folder.write(
      "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,374,44\n2023-11-16 18:15:50,9,4\n",
      to: "azure.csv")
    try folder.write(
      "job_id,submission_time,requested_number_of_resources,execution_time\n1,0,4,60\n",
      to: "jobs.csv")
    try folder.write("1 0 -1 60 4 -1 -1 4 60 -1 1 1 -1 -1 -1 -1 -1 -1\n", to: "log.swf")
    try folder.write(
      "batch_tokens,prompt_time_ms,token_time_ms\n1,30,30\n2048,130,32\n", to: "knots.csv")
    let path = try folder.write(scenario(around: example), to: "s.yaml")
    do {
      let resolved = try ScenarioFile.load(path: path).resolvedJSON
      // A misspelt section would be an error; one that is lost in reading would not.
      for section in sections(of: example) {
        #expect(resolved.contains("\"\(section)\""), "\(section)")
      }
    } catch {
      Issue.record("\(error)\nin:\n\(example)")
    }
  }

  private func sections(of text: String) -> [Substring] {
    text.matches(of: /(?m)^([a-z_]+):/).map(\.1)
  }

  /// A whole scenario: the sections of the example, and those of the rest that it does not have.
  private func scenario(around example: String) -> String {
    // Some go on with the list of the block before.
    var example = example.hasPrefix("  - ") ? "traffic:\n" + example : example
    if example.contains("after: [corpus]") {
      let transfer = "  - transfers: [{name: corpus, from: a, to: b, size: 1 GB}]\n"
      example.replace("traffic:\n", with: "traffic:\n" + transfer)
    }
    let given = Set(sections(of: example))
    let rest = given.contains("network") ? traffic(overNetworkOf: example) : Self.sections
    let added = rest.filter { !given.contains($0.name[...]) }.map { "\($0.name): \($0.text)\n" }
    return "scenario: page\nduration: 24 h\n" + added.joined() + example
  }

  /// Something to do on a network that is an example itself.
  private func traffic(overNetworkOf example: String) -> [(name: String, text: String)] {
    if example.contains("fibres:") {
      let request =
        "{request: r, start: 0 s, from: zhangjiakou, to: zhongwei, rate: 100 Gbps, hold: 1 h}"
      return [("light", "{requests: [{list: [\(request)]}]}")]
    }
    if example.contains("fabrics:") {
      let collective = "{kind: all-reduce, gpus: 16, size: 1 GB}"
      return [("traffic", "[{training: {name: t, fabric: pod, collective: \(collective)}}]")]
    }
    let ends = example.contains("beijing") ? "from: beijing, to: shanghai" : "from: a, to: b"
    return [("traffic", "[{flows: [{flow: f, \(ends), size: 1 GB}]}]")]
  }

  /// The sections that other examples speak of.
  private static let sections: [(name: String, text: String)] = [
    (
      "network",
      """

        links:
          - {name: l0, from: beijing, to: shanghai, capacity: 3.2 Tbps, two_way: true}
          - {name: port, capacity: 400 Gbps}
          - {name: l1, from: beijing, to: guian, capacity: 1 Tbps, two_way: true}
          - {name: ab, from: a, to: b, capacity: 1 Tbps, two_way: true}
          - {name: bc, from: b, to: c, capacity: 1 Tbps, two_way: true}
          - {name: cw, from: c, to: west, capacity: 1 Tbps, two_way: true}
          - {name: cn, from: c, to: north, capacity: 1 Tbps, two_way: true}
          - {name: ce, from: c, to: east, capacity: 1 Tbps, two_way: true}
          - {name: bz, from: Beijing, to: ZJK, capacity: 1 Tbps, two_way: true}
          - {name: sw, from: Shanghai, to: WUH, capacity: 1 Tbps, two_way: true}
        fibres:
          - {name: west, between: [zhangjiakou, horinger], length: 520 km}
          - {name: north, between: [horinger, zhongwei], length: 900 km}
          - {name: east, between: [zhongwei, zhangjiakou], length: 1300 km}
          - {name: fab, between: [a, b], length: 100 km}
        fabrics:
          - {name: pod, hosts: 256, nic: 400 Gbps, accelerator: H100}
          - {name: a, hosts: 64, nic: 400 Gbps, accelerator: H100, exit: a}
          - {name: b, hosts: 48, nic: 400 Gbps, accelerator: H100, exit: b}
      """
    ),
    ("light", "{links: [{name: jing-zhang, between: [zhangjiakou, horinger], channels: 1}]}"),
    ("classes", "[{name: gold}, {name: users}, {name: wan}]"),
    (
      "pools",
      "{list: [{name: p1, at: a, accelerator: H800, count: 8, level: 2}, "
        + "{name: p2, at: b, accelerator: A800, count: 8}]}"
    ),
    ("traffic", "[{transfers: [{name: corpus, from: a, to: b, size: 1 GB}]}]"),
  ]
}
