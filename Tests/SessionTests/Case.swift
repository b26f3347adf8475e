// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Scenario
import TestSupport

/// A scenario with one link in a folder of its own, in which its results go too.
struct Case {
  let folder: ScratchFolder
  let loaded: LoadedScenario

  /// Thousands of flows, which take several looks.
  static let manyFlows = """
    traffic:
      - generate: {arrivals: {poisson: 1/s}, sizes: {fixed: 100 MB}, path: [l], count: 6000}
    """

  init(_ sections: String = Case.manyFlows, files: [String: String] = [:]) throws {
    folder = try ScratchFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    let file = try folder.write(
      """
      scenario: one link
      network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
      \(sections)

      """, to: "s.yaml")
    loaded = try ScenarioFile.load(path: file)
    try FileManager.default.removeItem(atPath: file)
  }

  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  func text(of name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }

  /// All that is there, hidden or not.
  var names: [String] { (try? names(in: "")) ?? [] }

  var visible: [String] { names.filter { !$0.hasPrefix(".") } }
}
