// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import NetworkModel
internal import Text

/// Places and the lines between them, as the scenario in a manifest has them.
struct NetworkPlan {
  struct Place {
    var name: String
    /// Where it is; nil where the scenario does not say.
    var point: Coast.Point?
    /// In Chinese, of the built-in network.
    var chineseName: String?
    var rank = Rank.city
  }

  /// What is labelled first.
  enum Rank: Int {
    case cluster, city, dataCentre
  }

  struct Line {
    var name: String
    var first: Int
    var second: Int
    var length: String?
    /// The names of its directions in links.csv.
    var links: [String] = []
  }

  private(set) var places: [Place] = []
  private(set) var lines: [Line] = []
  /// Whether places stand where they are, and not on a circle.
  private(set) var isGeographic = false
  private var placeOf: [String: Int] = [:]

  init(_ scenario: JSONValue) {
    guard let network = scenario["network"] else { return }
    for node in network["nodes"]?.array ?? [] { addPlace(node) }
    if network["use"]?.string == NationalNetwork.name { addNames(NationalNetwork()) }
    isGeographic = places.contains { $0.point != nil }
    for fibre in network["fibres"]?.array ?? [] {
      addLine(fibre, ends: fibre["between"]?.array, links: [])
    }
    for link in scenario["light"]?["links"]?.array ?? [] {
      let name = link["name"]?.string ?? ""
      addLine(link, ends: link["between"]?.array, links: [name, name + ":back"])
    }
    for link in network["links"]?.array ?? [] {
      let ends = link["between"]?.array ?? [link["from"], link["to"]].compactMap { $0 }
      let name = link["name"]?.string ?? ""
      addLine(link, ends: ends, links: [name, name + ":back"])
    }
    if !isGeographic { layOnCircle() }
  }

  private mutating func addPlace(_ node: JSONValue) {
    guard let name = node["name"]?.string else { return }
    var place = Place(name: name)
    if let latitude = node["latitude"]?.number, let longitude = node["longitude"]?.number {
      place.point = Coast.Point(longitude: longitude, latitude: latitude)
    }
    placeOf[name] = places.count
    places.append(place)
  }

  private mutating func addNames(_ national: NationalNetwork) {
    for site in national.sites + national.dataCentres {
      guard let index = placeOf[site.name] else { continue }
      places[index].chineseName = site.chineseName
      places[index].rank =
        site.kind == .cluster ? .cluster : site.kind.isCity ? .city : .dataCentre
    }
  }

  /// A line that has been there under that name gets its links.
  private mutating func addLine(_ value: JSONValue, ends: [JSONValue]?, links: [String]) {
    guard let name = value["name"]?.string, let ends, ends.count == 2,
      let first = ends[0].string.flatMap({ placeOf[$0] }),
      let second = ends[1].string.flatMap({ placeOf[$0] }), first != second
    else { return }
    if let known = lines.firstIndex(where: {
      $0.name == name && Set([$0.first, $0.second]) == Set([first, second])
    }) {
      lines[known].links = links
    } else {
      lines.append(
        Line(
          name: name, first: first, second: second, length: value["length"]?.string, links: links))
    }
  }

  /// Where nobody says where places are, they stand on a circle in their order.
  private mutating func layOnCircle() {
    for index in places.indices {
      let angle = 2 * Double.pi * Double(index) / Double(places.count)
      places[index].point = Coast.Point(longitude: 10 * sin(angle), latitude: 6 * cos(angle))
    }
  }
}
