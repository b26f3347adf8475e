// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Text

/// Areas of land, as rings of points: of the built-in coastline, or of a file of the user.
///
/// The built-in one is Natural Earth's land at 1:50 m, which is in the public domain, thinned to
/// what a map of this size shows: finer in East Asia than elsewhere. It has no borders.
struct Coast {
  struct Point: Equatable {
    var longitude: Double
    var latitude: Double
  }

  var rings: [[Point]]

  static var builtIn: Coast {
    let text = String(decoding: PackageResources.coast_txt, as: UTF8.self)
    return Coast(
      rings: text.split(separator: "\n").map { line in
        line.split(separator: " ").map { pair in
          let numbers = pair.split(separator: ",").map { (Double($0) ?? 0) / unitsPerDegree }
          return Point(longitude: numbers[0], latitude: numbers[1])
        }
      })
  }

  /// Coordinates are whole twentieths of a degree, about five kilometres.
  private static let unitsPerDegree = 20.0

  /// Reads the polygons and lines of a GeoJSON file.
  static func file(_ path: String) throws -> Coast {
    var rings: [[Point]] = []
    collect(try JSONFile.read(path), into: &rings)
    guard !rings.isEmpty else { throw PageError(path: path, reason: .noShapes) }
    return Coast(rings: rings)
  }

  private static func collect(_ value: JSONValue, into rings: inout [[Point]]) {
    for feature in value["features"]?.array ?? [] { collect(feature, into: &rings) }
    for shape in value["geometries"]?.array ?? [] { collect(shape, into: &rings) }
    if let shape = value["geometry"] { collect(shape, into: &rings) }
    let depth: Int? =
      switch value["type"]?.string {
      case "LineString": 1
      case "Polygon", "MultiLineString": 2
      case "MultiPolygon": 3
      default: nil
      }
    if let depth, let all = value["coordinates"] { addRings(all, depth, into: &rings) }
  }

  private static func addRings(_ value: JSONValue, _ depth: Int, into rings: inout [[Point]]) {
    guard depth == 1 else {
      for inner in value.array { addRings(inner, depth - 1, into: &rings) }
      return
    }
    let ring = value.array.compactMap { pair -> Point? in
      let numbers = pair.array.compactMap(\.number)
      return numbers.count >= 2 ? Point(longitude: numbers[0], latitude: numbers[1]) : nil
    }
    if ring.count > 1 { rings.append(ring) }
  }

  /// The part in a box, as lists of twentieths of a degree.
  func json(in box: MapBox) -> JSON {
    .array(
      rings.compactMap { ring in
        let part = box.clip(ring)
        guard part.count > 2 else { return nil }
        let numbers = part.flatMap {
          [
            Int(($0.longitude * Self.unitsPerDegree).rounded()),
            Int(($0.latitude * Self.unitsPerDegree).rounded()),
          ]
        }
        return .raw("[" + numbers.map(String.init).joined(separator: ",") + "]")
      })
  }
}

/// The part of the world that a map shows.
struct MapBox: Equatable {
  var west: Double
  var south: Double
  var east: Double
  var north: Double

  /// All points with some room around; nil where there are none.
  init?(_ points: [Coast.Point]) {
    guard let west = points.map(\.longitude).min(), let east = points.map(\.longitude).max(),
      let south = points.map(\.latitude).min(), let north = points.map(\.latitude).max()
    else { return nil }
    let room = max(0.06 * max(east - west, north - south), 0.02)
    (self.west, self.east) = (west - room, east + room)
    (self.south, self.north) = (max(south - room, -85), min(north + room, 85))
  }

  /// A ring's part in the box, a little larger so that its edges are not seen (Sutherland and
  /// Hodgman, 1974).
  func clip(_ ring: [Coast.Point]) -> [Coast.Point] {
    let room = 0.02 * max(east - west, north - south) + 0.1
    var part = Self.cut(ring, by: \.longitude, beyond: west - room, isLower: true)
    part = Self.cut(part, by: \.longitude, beyond: east + room, isLower: false)
    part = Self.cut(part, by: \.latitude, beyond: south - room, isLower: true)
    return Self.cut(part, by: \.latitude, beyond: north + room, isLower: false)
  }

  private static func cut(
    _ ring: [Coast.Point], by axis: KeyPath<Coast.Point, Double>, beyond limit: Double,
    isLower: Bool
  ) -> [Coast.Point] {
    guard var before = ring.last else { return [] }
    var part: [Coast.Point] = []
    func isInside(_ point: Coast.Point) -> Bool {
      isLower ? point[keyPath: axis] >= limit : point[keyPath: axis] <= limit
    }
    for point in ring {
      if isInside(point) != isInside(before) {
        let way = (limit - before[keyPath: axis]) / (point[keyPath: axis] - before[keyPath: axis])
        part.append(
          Coast.Point(
            longitude: before.longitude + way * (point.longitude - before.longitude),
            latitude: before.latitude + way * (point.latitude - before.latitude)))
      }
      if isInside(point) { part.append(point) }
      before = point
    }
    return part
  }

  var json: JSON { .array([west, south, east, north].map { .number($0) }) }
}
