// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Pages

@Suite struct CoastTests {
  private func isInside(_ ring: [Coast.Point], _ longitude: Double, _ latitude: Double) -> Bool {
    var isInside = false
    for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1))
    where (a.latitude > latitude) != (b.latitude > latitude) {
      let way = (latitude - a.latitude) / (b.latitude - a.latitude)
      if longitude < a.longitude + way * (b.longitude - a.longitude) { isInside.toggle() }
    }
    return isInside
  }

  /// What a ring covers of a box its cut covers too, and nothing else.
  @Test func cutRingsCoverTheSame() throws {
    let corners = [(98.0, 20.0), (124.0, 42.0)].map { Coast.Point(longitude: $0.0, latitude: $0.1) }
    let box = try #require(MapBox(corners))
    var landed = 0
    for ring in Coast.builtIn.rings {
      let part = box.clip(ring)
      for step in 0..<2000 {
        // Halton's points: even, and the same each time.
        let longitude = box.west + (box.east - box.west) * halton(step + 1, 2)
        let latitude = box.south + (box.north - box.south) * halton(step + 1, 3)
        let isLand = isInside(ring, longitude, latitude)
        landed += isLand ? 1 : 0
        #expect(isLand == isInside(part, longitude, latitude))
      }
    }
    // Most of it is land, and not all.
    #expect((1000..<1950).contains(landed))
  }

  private func halton(_ number: Int, _ base: Int) -> Double {
    var (rest, part, value) = (number, 1.0, 0.0)
    while rest > 0 {
      part /= Double(base)
      value += part * Double(rest % base)
      rest /= base
    }
    return value
  }

  /// Places by the sea and far from it, from any atlas.
  @Test(arguments: [
    (116.4, 39.9, true), (104.1, 30.6, true), (87.6, 43.8, true), (121.0, 23.8, true),
    (109.8, 19.2, true), (127.8, 36.5, true), (123.0, 30.0, false), (115.0, 15.0, false),
    (119.5, 38.8, false), (90.0, 15.0, false),
  ])
  func landIsWhereItIs(_ longitude: Double, _ latitude: Double, isLand: Bool) {
    let count = Coast.builtIn.rings.count { isInside($0, longitude, latitude) }
    #expect((count % 2 == 1) == isLand)
  }

  @Test func basemapsAreGeoJSON() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      """
      {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry":
          {"type": "MultiPolygon", "coordinates": [[[[0, 0], [4, 0], [4, 4], [0, 0]]]]}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 1]}},
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1, 1], [2, 2, 9]]}}
      ]}
      """, to: "map.geojson")
    let coast = try Coast.file(path)
    #expect(coast.rings.map(\.count) == [4, 2])
    #expect(coast.rings[1][1] == Coast.Point(longitude: 2, latitude: 2))
    let empty = try folder.write(
      "{\"type\": \"FeatureCollection\", \"features\": []}", to: "e.json")
    #expect(throws: PageError(path: empty, reason: .noShapes)) { try Coast.file(empty) }
    let broken = try folder.write("{", to: "b.json")
    #expect(throws: PageError.self) { try Coast.file(broken) }
  }
}
