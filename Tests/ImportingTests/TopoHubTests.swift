// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@testable import Importing

@Suite struct TopoHubTests {
  static let text = """
    {
      "directed": false, "multigraph": false,
      "graph": {
        "name": "pair", "demands": {"0": {"7": 12.5, "0": 3}, "7": {"0": 0}}, "stats": {}
      },
      "nodes": [
        {"name": "Zürich \\ud83d\\ude00", "pos": [8.54, 47.37], "id": 0},
        {"pos": [7.45, 46.95], "id": "7", "type": "Waypoint"}
      ],
      "edges": [
        {"dist": 94.3, "source": 0, "target": "7", "ecmp_fwd": {"uni": 1e2}}
      ]
    }
    """

  @Test func nodesEdgesAndDemandsAreRead() throws {
    let network = try imported(Self.text)
    #expect(network.format == .topohub && network.name == "pair")
    #expect(network.siteNames == ["Zürich 😀", "7"])
    #expect(network.lengths_km == [141.5])
    #expect(network.demands == [.init(source: 0, target: 1, value: 12.5)])
    #expect(
      network.warnings == [
        "1 node without a name: their identifiers serve",
        "left out 1 demand from a node to itself or without a route",
      ])
  }

  @Test func edgesMayBeCalledLinks() throws {
    let network = try imported(Self.text.replacing("\"edges\"", with: "\"links\""))
    #expect(network.fibreNames == ["Zürich 😀-7"])
  }

  @Test func withoutDistancesPositionsCount() throws {
    let network = try imported(Self.text.replacing("\"dist\": 94.3,", with: ""))
    // 94.73 km on the great circle, as found by the dot product of unit vectors.
    #expect(network.lengths_km == [142.1])
  }

  /// The haversine formula takes pixels too: (8.54°, 147.37°) and (7.45°, 46.95°) give 11166 km.
  @Test func greatCirclesBetweenPixelsAreNoDistances() {
    let drawn = Self.text.replacing("47.37", with: "147.37")
    #expect(problem(of: drawn.replacing("94.3", with: "11166")) != nil)
    #expect(problem(of: drawn.replacing("94.3", with: "100.4")) == nil)
  }

  @Test(arguments: [
    ("[8.54, 47.37]", "[8.54]", "f:7:44: found 1 numbers, expected longitude and latitude"),
    (
      "47.37", "NaN",
      "f:7:51: found 'NaN', expected a text in quotes, a number, true, false or null"
    ),
    ("47.37", "null", "f:7:51: found null, expected a latitude"),
    ("\"id\": \"7\"", "\"id\": 0", "f:8:5: a second node \"0\""),
    (
      "\"source\": 0", "\"source\": 5",
      "f:11:30: found \"5\", which is no node of the file, expected one of its nodes"
    ),
    ("94.3", "-1", "f:11:14: the distance is negative"),
    (
      "\"nodes\"", "\"vertices\"", "f:1:1: found no \"nodes\", expected a network in node-link form"
    ),
    ("12.5", "\"12\"", "f:4:44: found \"12\", expected a demand"),
    ("\"ecmp_fwd\": {\"uni\": 1e2}}", "", "f:12:3: found ']', expected a key in quotes"),
  ])
  func oddFilesAreToldByPlace(_ find: String, _ replacement: String, _ expected: String) {
    #expect(problem(of: Self.text.replacing(find, with: replacement)) == expected)
  }
}
