// SPDX-License-Identifier: GPL-3.0-or-later

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
      {"type": "FeatureCollection", "title": \(quoted(map.title)), "features": [
      \(features.joined(separator: ",\n"))
      ]}

      """
  }

  private static func feature(of site: NetworkMap.Site) -> String {
    let geometry = site.position.map { #"{"type": "Point", "coordinates": \#(coordinates($0))}"# }
    return feature(
      geometry,
      [.init("name", .text(site.name)), .init("element", .text("site"))]
        + site.properties)
  }

  private static func feature(of line: NetworkMap.Line, in map: NetworkMap) -> String {
    let (first, second) = (map[line.first], map[line.second])
    var geometry: String?
    if let start = first.position, let end = second.position {
      let places = "[\(coordinates(start)), \(coordinates(end))]"
      geometry = #"{"type": "LineString", "coordinates": \#(places)}"#
    }
    var told: [NetworkMap.Property] = [
      .init("name", .text(line.name)), .init("element", .text(line.element.rawValue)),
      .init("from", .text(first.name)), .init("to", .text(second.name)),
    ]
    if let length = line.length { told.append(.init("length_km", .number(length.value))) }
    return feature(geometry, told + line.properties)
  }

  private static func feature(
    _ geometry: String?, _ properties: [NetworkMap.Property]
  ) -> String {
    let members = properties.map { "\(quoted($0.name)): \(text(of: $0.value))" }
    return #"{"type": "Feature", "geometry": \#(geometry ?? "null"), "#
      + #""properties": {\#(members.joined(separator: ", "))}}"#
  }

  private static func coordinates(_ point: GeographicPoint) -> String {
    "[\(number(point.longitude_deg)), \(number(point.latitude_deg))]"
  }

  private static func text(of value: NetworkMap.Property.Value) -> String {
    switch value {
    case .text(let text): quoted(text)
    case .number(let value): number(value)
    case .integer(let value): "\(value)"
    }
  }

  /// The shortest decimal that reads back the same; JSON has no word for what is not finite.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A JSON string after RFC 8259: quotes, backslashes and control characters are escaped.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\0"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
