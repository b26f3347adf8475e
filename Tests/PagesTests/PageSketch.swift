// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Pages

/// Folders of small runs, and what the pages of them hold.
protocol PageSketch {}

extension PageSketch {
  /// A folder with a manifest of this scenario, and the tables given.
  func folder(
    scenario: String = #"{"network": {"nodes": [], "links": []}, "outputs": ["summary"]}"#,
    name: String = "run", _ tables: [String: String] = [:]
  ) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(
      """
      {"name": "\(name)", "version": "1", "seed": 7, "digest": "ab", "events": 3,
       "simulated_s": 7200, "scenario": \(scenario)}
      """, to: "manifest.json")
    for (name, text) in tables { try folder.write(text, to: name) }
    return folder
  }

  func data(of page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: #"<script id="data" type="application/json">"#))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    let object = try JSONSerialization.jsonObject(
      with: Data(page[start.upperBound..<end.lowerBound].utf8))
    return try #require(object as? [String: Any])
  }

  func part(_ kind: String, id: String? = nil, in data: [String: Any]) throws -> [String:
    Any]
  {
    let sections = try #require(data["sections"] as? [[String: Any]])
    let parts = sections.flatMap { $0["parts"] as? [[String: Any]] ?? [] }
    return try #require(
      parts.first { $0["kind"] as? String == kind && (id == nil || $0["id"] as? String == id) })
  }
}
