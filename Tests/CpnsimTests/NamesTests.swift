// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Places, fibres and links by any of their names, in files, traces, settings and questions.
@Suite struct NamesTests {
  /// A national scenario with names to fill in.
  private func scenario(
    from: String = "SG", to: String = "ZJK", cut: String = "Beijing-ZJK", more: String = ""
  ) -> String {
    """
    scenario: names
    network: {use: national}
    light: {each_fibre: {channels: 1}}
    duration: 1 h
    traffic:
      - flows:
          - {flow: f, from: \(from), to: \(to), size: 1 TB}
    events:
      - {at: 10 min, cut: \(cut), for: 10 min}
    outputs: [summary, flows, events]
    \(more)
    """
  }

  private func digest(_ text: String, _ words: String...) throws -> String {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim(["run", "s.yaml", "--format", "json"] + words)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try #require(try outcome.object()["digest"] as? String)
  }

  @Test(arguments: [
    ("Shaoguan", "Zhangjiakou", "Beijing-Zhangjiakou"),
    ("韶关", "张家口", "北京-张家口"),
    ("韶关集群", "张家口集群", "张家口-北京"),
    ("Shaoguan cluster", "Zhangjiakou cluster", "Zhangjiakou-Beijing"),
    ("韶关市", "张家口市", "ZJK-Beijing"),
  ]) func otherNamesStandForTheSame(from: String, to: String, cut: String) throws {
    #expect(try digest(scenario(from: from, to: to, cut: cut)) == digest(scenario()))
  }

  @Test(arguments: [
    ("Chongqing", "Chongqing"), ("重庆", "Chongqing"), ("重庆市", "Chongqing"),
    ("Chongqing cluster", "CQ"), ("重庆集群", "CQ"), ("CQ", "CQ"), ("Tianfu", "TF"),
    ("天府", "TF"), ("Xian", "Xi'an"), ("西安", "Xi'an"), ("Guian", "GA"), ("贵安", "GA"),
    ("Horinger", "HLGE"), ("长三角生态绿色一体化发展示范区集群", "YRDDEMO"),
    ("Zhangjiakou-Huailai", "ZJK-Huailai"),
  ]) func aPlaceWinsOverAClusterOfItsName(name: String, canonical: String) throws {
    let workspace = try Workspace()
    let outcome = try workspace.cpnsim(
      "show", "light", "--from", name, "--to", "Harbin", "--format", "csv")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let first = outcome.output.split(separator: "\n").dropFirst().first
    let path = first?.split(separator: ",").last
    #expect(path?.hasPrefix("\(canonical);") == true)
  }

  @Test func resultsHaveTheNamesOfTheNetwork() throws {
    let workspace = try Workspace()
    try workspace.write(
      scenario(from: "韶关", to: "Zhangjiakou", cut: "张家口-北京")
        .replacingOccurrences(
          of: "events:",
          with: """
              - generate:
                  name: g
                  arrivals: {deterministic: 1 /min}
                  sizes: {fixed: 1 GB}
                  weights: {Shaoguan: 1, 张家口: 2}
            events:
            """), to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let events = try workspace.text(of: "out/events.csv")
    #expect(events.contains("Beijing-ZJK"))
    let manifest = try workspace.text(of: "out/manifest.json")
    for name in ["Shaoguan", "韶关", "Zhangjiakou", "张家口"] {
      #expect(!events.contains(name))
      #expect(!manifest.contains("\"\(name)\""), "\(name)")
    }
    // The same flow is found by its name again.
    #expect(try workspace.cpnsim("explain", "out", "flow", "f").code == 0)
  }

  @Test func tracesUseTheNamesToo() throws {
    let workspace = try Workspace()
    let rows = { (one: String, other: String, path: String) in
      "flow,start_s,source,target,bytes,path\n1,0,\(one),\(other),1e12,\n2,1,,,1e12,\(path)\n"
    }
    let text = scenario().replacingOccurrences(
      of: "- flows:\n      - {flow: f, from: SG, to: ZJK, size: 1 TB}", with: "- trace: t.csv")
    try workspace.write(text, to: "s.yaml")
    var outputs: [String] = []
    for trace in [
      rows("SG", "ZJK", "Beijing-ZJK"), rows("韶关", "Zhangjiakou", "Beijing-Zhangjiakou"),
    ] {
      try workspace.write(trace, to: "t.csv")
      let outcome = try workspace.cpnsim("run", "s.yaml", "--format", "csv")
      #expect(outcome.code == 0, "\(outcome.errors)")
      outputs.append(outcome.output)
    }
    #expect(outputs[0] == outputs[1])
  }

  @Test func aNodeUnderTwoNamesIsOneTooMany() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: twice
      network: {use: national}
      light: {each_fibre: {channels: 1}}
      duration: 1 h
      traffic:
        - generate:
            arrivals: {deterministic: 1 /min}
            sizes: {fixed: 1 GB}
            weights: {SG: 1, GA: 1, Shaoguan: 2}
      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("s.yaml:9:31: "))
    #expect(outcome.errors.contains("found \"SG\" for the second time"))
  }

  @Test func aMisspeltNameIsMended() throws {
    let workspace = try Workspace()
    try workspace.write(scenario(from: "Shaogaun"), to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.errors.contains("unknown node \"Shaogaun\"; did you mean \"Shaoguan\"?"))
  }

  @Test(arguments: [
    ["show", "paths", "s.yaml", "--from", "韶关", "--to", "Zhangjiakou"],
    ["show", "light", "s.yaml", "--from", "韶关", "--to", "Zhangjiakou"],
    ["show", "light", "--path", "北京;Zhangjiakou"], ["show", "light", "--path", "Zhangjiakou-北京"],
    ["show", "circles", "--from", "京津冀枢纽"], ["show", "circles", "--from", "Guizhou"],
  ]) func questionsTakeThem(words: [String]) throws {
    let workspace = try Workspace()
    try workspace.write(scenario(), to: "s.yaml")
    let outcome = try workspace.cpnsim(words)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(!outcome.output.contains("Zhangjiakou"))
  }
}
