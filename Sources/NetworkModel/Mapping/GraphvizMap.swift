// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// Writes a map as a graph in the DOT language, which Graphviz draws.
///
/// Sites whose place is known are pinned to it, by a cylindrical projection that is true to scale
/// along the middle parallel of the map; `neato` places the others. Fibres are labelled with their
/// length, links with their name.
public enum GraphvizMap {
  /// A map of China then fits a sheet of 30 inches, on which labels can be read.
  private static let inchesPerDegree = 0.5

  public static func text(of map: NetworkMap) -> String {
    let shrink = narrowing(of: map)
    var text = "graph \(quoted(map.title)) {\n"
    text += "  layout=neato; overlap=true; outputorder=edgesfirst;\n"
    text +=
      "  node [shape=box, style=filled, fillcolor=white, fontsize=10, margin=0.05, height=0.2];\n"
    text += "  edge [fontsize=8];\n"
    for site in map.sites {
      text += "  \(quoted(site.name))\(attributes(of: site, narrowing: shrink));\n"
    }
    for line in map.lines {
      text += "  \(quoted(map[line.first].name)) -- \(quoted(map[line.second].name))"
      text += "\(attributes(of: line));\n"
    }
    return text + "}\n"
  }

  /// A degree of longitude over one of latitude, in the middle of the map.
  private static func narrowing(of map: NetworkMap) -> Double {
    let latitudes = map.sites.compactMap(\.position?.latitude_deg)
    guard let south = latitudes.min(), let north = latitudes.max() else { return 1 }
    return cos((south + north) / 2 * .pi / 180)
  }

  private static func attributes(of site: NetworkMap.Site, narrowing: Double) -> String {
    var all: [String] = []
    if let place = site.position {
      let x = place.longitude_deg * narrowing * inchesPerDegree
      let y = place.latitude_deg * inchesPerDegree
      all.append("pos=\"\(thousandths(x)),\(thousandths(y))!\"")
    }
    if !site.properties.isEmpty {
      all.append("tooltip=\(quoted(lines(of: site.properties)))")
    }
    return all.isEmpty ? "" : " [\(all.joined(separator: ", "))]"
  }

  private static func attributes(of line: NetworkMap.Line) -> String {
    let label = line.length.map { "\(thousandths($0.value)) km" } ?? line.name
    let entries = [.init("name", .text(line.name))] + line.properties
    return " [label=\(quoted(label)), tooltip=\(quoted(lines(of: entries)))]"
  }

  private static func lines(of properties: [NetworkMap.Property]) -> String {
    properties.map { property in
      switch property.value {
      case .text(let text): "\(property.name): \(text)"
      case .number(let number): "\(property.name): \(thousandths(number))"
      case .integer(let number): "\(property.name): \(number)"
      }
    }.joined(separator: "\n")
  }

  private static func thousandths(_ value: Double) -> String {
    let text = "\((value * 1000).rounded() / 1000)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A quoted string of DOT.
  ///
  /// Labels and tooltips read a backslash as the start of an escape, `\N` for the name of the
  /// node among them; so it is doubled, and a line end is written as one.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
