// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import NetworkModel
import Testing

/// Maps read back: GeoJSON by an independent parser, DOT by its quoting rules.
@Suite struct NetworkMapTests {
  private let awkward = "a \"b\"\\N\n\u{1}\t和"

  private func smallMap() throws -> NetworkMap {
    var plant = FibrePlant(siteCount: 3)
    plant.add(
      Fibre(
        name: awkward, first: NodeID(index: 0), second: NodeID(index: 1),
        length: Kilometres(12.5)))
    plant.add(
      Fibre(
        name: "bc", first: NodeID(index: 1), second: NodeID(index: 2), length: Kilometres(7)))
    let place = try #require(GeographicPoint(latitude_deg: 31.5, longitude_deg: 120.25))
    let other = try #require(GeographicPoint(latitude_deg: -10, longitude_deg: 100))
    var map = NetworkMap(
      title: awkward,
      sites: [
        .init(name: awkward, position: place, properties: [.init("kind", .text("x"))]),
        .init(name: "b", position: other), .init(name: "c"),
      ], plant: plant)
    map.lines[0].properties.append(.init("channels", .integer(80)))
    map.lines[1].properties.append(.init("margin_dB", .number(.infinity)))
    return map
  }

  private func features(of map: NetworkMap) throws -> [[String: Any]] {
    let value = try JSONSerialization.jsonObject(with: Data(GeoJSONMap.text(of: map).utf8))
    let collection = try #require(value as? [String: Any])
    #expect(collection["type"] as? String == "FeatureCollection")
    #expect(collection["title"] as? String == map.title)
    return try #require(collection["features"] as? [[String: Any]])
  }

  @Test func geoJSONHasSitesAndFibresInTheirOrder() throws {
    let features = try features(of: smallMap())
    #expect(features.count == 5)
    #expect(features.allSatisfy { $0["type"] as? String == "Feature" })
    let kinds = features.map { ($0["geometry"] as? [String: Any])?["type"] as? String }
    #expect(kinds == ["Point", "Point", nil, "LineString", nil])
    #expect(features[2]["geometry"] is NSNull && features[4]["geometry"] is NSNull)

    // Longitude first, as RFC 7946 has it.
    let point = try #require(features[0]["geometry"] as? [String: Any])
    #expect(point["coordinates"] as? [Double] == [120.25, 31.5])
    let line = try #require(features[3]["geometry"] as? [String: Any])
    #expect(line["coordinates"] as? [[Double]] == [[120.25, 31.5], [100, -10]])
  }

  @Test func geoJSONTellsPropertiesAndEscapesText() throws {
    let told = try features(of: smallMap()).compactMap { $0["properties"] as? [String: Any] }
    #expect(told[0]["name"] as? String == awkward)
    #expect(told[0]["kind"] as? String == "x")
    #expect(told[3]["name"] as? String == awkward)
    #expect(told[3]["from"] as? String == awkward && told[3]["to"] as? String == "b")
    #expect(told[3]["length_km"] as? Double == 12.5)
    #expect(told[3]["channels"] as? Int == 80)
    #expect(told[4]["margin_dB"] is NSNull)
  }

  @Test func graphvizQuotesNamesAndPinsPlaces() throws {
    let text = GraphvizMap.text(of: try smallMap())
    let quoted = #""a \"b\"\\N\n"# + "\u{1}\t和\""
    #expect(text.hasPrefix("graph \(quoted) {\n") && text.hasSuffix("}\n"))
    // 31.5 degrees are 15.75 inches north; 120.25 degrees shrink by cos(10.75 degrees).
    #expect(text.contains("  \(quoted) [pos=\"59.07,15.75!\", tooltip=\"kind: x\"];\n"))
    #expect(text.contains("  \"c\";\n"))
    #expect(text.contains("  \(quoted) -- \"b\" [label=\"12.5 km\", tooltip="))
    #expect(text.contains(#"\nchannels: 80"];"#))
    #expect(text.contains("  \"b\" -- \"c\" [label=\"7 km\""))
  }

  @Test func theNationalNetworkIsMappedWhole() throws {
    let placed = NationalNetwork().placedPlant()
    let map = NetworkMap(placed)
    let features = try features(of: map)
    #expect(features.count == placed.sites.count + placed.plant.fibres.count)
    #expect(!features.contains { $0["geometry"] is NSNull })
    let told = try #require(features[2]["properties"] as? [String: Any])
    #expect(told["name"] as? String == "CQ" && told["hub"] as? String == "CY")
    #expect(told["kind"] as? String == "cluster")
    let trunk = try #require(features[placed.sites.count]["properties"] as? [String: Any])
    #expect(trunk["trunk"] as? String == "H1 Beijing-Lanzhou")
    let graph = GraphvizMap.text(of: map)
    let edges = graph.split(separator: "\n").count { $0.contains("\" -- \"") }
    #expect(edges == placed.plant.fibres.count)
  }
}
