// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Session
import TestSupport
import Testing

/// A subject of findings: a scenario that it is told of, and one nearby in which it has to be silent.
struct FindingCase: CustomTestStringConvertible, Sendable {
  let subject: Finding.Subject
  let english: String
  let chinese: String
  /// The scenario; `value` stands for what tells the two apart.
  let scenario: String
  let planted: String
  let counter: String

  init(
    _ subject: Finding.Subject, _ english: String, _ chinese: String, planted: String,
    counter: String, _ scenario: String
  ) {
    self.subject = subject
    self.english = english
    self.chinese = chinese
    self.planted = planted
    self.counter = counter
    self.scenario = scenario
  }

  var testDescription: String { subject.rawValue }

  /// What is told of the subject.
  func findings(with value: String) throws -> [Finding] {
    try Self.findings(scenario.replacing("VALUE", with: value)).filter { $0.subject == subject }
  }

  static func findings(_ scenario: String) throws -> [Finding] {
    let folder = try ScratchFolder()
    let file = try folder.write("scenario: s\n\(scenario)\n", to: "s.yaml")
    let session = try Session(try ScenarioFile.load(path: file))
    try session.drive()
    return try session.finish().findings
  }

  // MARK: - Scenarios

  /// A triangle, whose direct link is `ab`, for two hours; or to the last flow and without samples.
  static func triangle(_ sections: String, samples: Bool = true) -> String {
    """
    \(samples ? "duration: 2 h\nsample_every: 10 min" : "outputs: [summary]")
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 1 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 10 Gbps, delay: 1 ms, two_way: true}
        - {name: ac, from: a, to: c, capacity: 10 Gbps, delay: 5 ms, two_way: true}
    \(sections)
    """
  }

  /// Ten hours of two pools of eight accelerators, and of jobs that go to the first.
  static func pools(_ list: String, more: String = "", pool: String = "") -> String {
    """
    duration: 10 h
    calendar: {start: 2026-07-01}
    network: {nodes: [a]}
    pools:
      list:
        - {name: p, at: a, accelerator: H800, count: 8\(pool)}
        - {name: q, at: a, accelerator: H800, count: 8}
    placement: nearest
    traffic: [{jobs: {name: j, to: {pool: p}, list: [\(list)]}}]
    \(more)
    """
  }

  static func tokens(_ rate: String, engines: String? = nil) -> String {
    """
    duration: 2 h
    network: {links: [{name: ab, from: a, to: b, capacity: 1 Tbps, two_way: true}]}
    traffic:
      - tokens: {total: \(rate), from: {a: 1}, to: {b: {nodes: 1}}, services: [{name: chat, daily: [1]}]\
    \(engines.map { ", engines: \($0)" } ?? "")}
    """
  }

  /// A request a minute to one replica, with a promise of its first token.
  static func requests(promised: String) -> String {
    """
    duration: 1 h
    network: {nodes: [a]}
    pools: {list: [{name: p, at: a, accelerator: H100, count: 8}]}
    traffic:
      - inference:
          name: chat
          pool: p
          replicas: 1
          engine: {accelerators: 8, rates: {prefill: 10000 tokens/s, decode: 1000 tokens/s, step: 40 ms}}
          requests: {arrivals: {deterministic: 1 /min}, input_tokens: {fixed: 10000}, output_tokens: {fixed: 100}}
          from: {a: 1}
          slo: {ttft: \(promised)}
    """
  }

  static func elastic(_ more: String, count: String) -> String {
    triangle(
      """
      traffic:
        - elastic:
            name: e
            arrivals: {deterministic: 1 /min}
            count: \(count)
            sizes: {fixed: 100 GB}
            pairs: [{from: a, to: b}]
            tiers: [{name: t, floor: 1 Gbps, ceiling: 1 Gbps}]
            \(more)
      """)
  }
}
