// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Writes a map as GeoJSON, which mapping programs read.
///
/// One FeatureCollection after RFC 7946: each site a Point, each fibre a straight LineString,
/// positions as longitude and latitude of WGS 84, one feature a line. Where a place is not known
/// the geometry is null, as the RFC has it.
public enum GeoJSONMap {
  public static func text(of map: NetworkMap) -> String {
    let features = map.sites.map(feature(of:)) + map.lines.map { feature(of: $0, in: map) }
    // A collection has no member for a title; RFC 7946 section 6.1 leaves room for others.
    return """
      {"type": "FeatureCollection", "title": \(JSON.quoted(map.title)), "features": [
      \(features.map { $0.text(.flat) }.joined(separator: ",\n"))
      ]}

      """
  }

  private static func feature(of site: NetworkMap.Site) -> JSON {
    feature(
      site.position.map { geometry("Point", coordinates($0)) },
      [.init("name", .text(site.name)), .init("element", .text("site"))]
        + site.properties)
  }

  private static func feature(of line: NetworkMap.Line, in map: NetworkMap) -> JSON {
    let (first, second) = (map[line.first], map[line.second])
    var shape: JSON?
    if let start = first.position, let end = second.position {
      shape = geometry("LineString", .array([coordinates(start), coordinates(end)]))
    }
    var entries: [NetworkMap.Property] = [
      .init("name", .text(line.name)), .init("element", .text(line.element.rawValue)),
      .init("from", .text(first.name)), .init("to", .text(second.name)),
    ]
    if let length = line.length { entries.append(.init("length_km", .number(length.value))) }
    return feature(shape, entries + line.properties)
  }

  private static func feature(_ geometry: JSON?, _ properties: [NetworkMap.Property]) -> JSON {
    .object([
      ("type", "Feature"), ("geometry", geometry ?? .null),
      ("properties", .object(properties.map { ($0.name, value(of: $0.value)) })),
    ])
  }

  private static func geometry(_ type: String, _ coordinates: JSON) -> JSON {
    .object([("type", .string(type)), ("coordinates", coordinates)])
  }

  private static func coordinates(_ point: GeographicPoint) -> JSON {
    .array([.number(point.longitude_deg), .number(point.latitude_deg)])
  }

  private static func value(of value: NetworkMap.Property.Value) -> JSON {
    switch value {
    case .text(let text): .string(text)
    case .number(let value): .number(value)
    case .integer(let value): .integer(Int64(value))
    }
  }
}
