// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Text

/// Writes the sections of a scenario file one after another.
struct ScenarioWriter {
  private(set) var text = ""
  private let network: ImportedNetwork
  /// The names of the sites as they stand in the file.
  private let sites: [String]

  init(_ network: ImportedNetwork) {
    self.network = network
    sites = network.sites.map { YAMLText.scalar($0.name) }
  }

  mutating func writeHead(
    name: String, file: String, version: String, lengths: LengthRules
  ) {
    let factor = YAMLText.number(lengths.routeFactor)
    let unknown = lengths.unknown.map { ", \($0.text) where places are not known" } ?? ""
    let counts = [
      counted(network.sites.count, "site"), counted(network.fibres.count, "fibre"),
      counted(
        network.demandsGoBothWays ? network.demands.count / 2 : network.demands.count, "demand"),
    ].joined(separator: ", ")
    text += """
      # Imported from \(file) (\(network.format.name)) by cpnsim \(version). \
      Lengths: straight line x \(factor)\(unknown).
      scenario: \(YAMLText.scalar(name))
      description: \(YAMLText.scalar("\(counts), imported from \(file)"))
      duration: 1 h

      """
  }

  mutating func writeNetwork() {
    text += "network:\n  nodes:\n"
    for site in network.sites { write(site) }
    for fibre in network.fibres {
      for site in fibre.regenerators { write(site, comment: "  # regenerates light") }
    }
    text += "  fibres:\n"
    for fibre in network.fibres {
      if fibre.parts.isEmpty {
        text += "    - {\(head(of: fibre)), length: \(fibre.length.text)}\n"
      } else {
        writeParts(of: fibre)
      }
    }
  }

  private mutating func write(_ site: ImportedNetwork.Site, comment: String = "") {
    text += "    - {name: \(YAMLText.scalar(site.name))"
    if let position = site.position {
      text += ", latitude: \(YAMLText.number(position.latitude))"
      text += ", longitude: \(YAMLText.number(position.longitude))"
    }
    text += "}\(comment)\n"
  }

  private mutating func writeParts(of fibre: ImportedNetwork.Fibre) {
    let length = Regeneration.part(of: fibre.length, count: fibre.parts.count).text
    let stops =
      [sites[fibre.first]] + fibre.regenerators.map { YAMLText.scalar($0.name) }
      + [sites[fibre.second]]
    for (index, part) in fibre.parts.enumerated() {
      text += "    - {name: \(YAMLText.scalar(part)), "
      text += "between: [\(stops[index]), \(stops[index + 1])], length: \(length)}\n"
    }
  }

  /// A link on each fibre; what the file says of capacities stands behind as a comment.
  mutating func writeLight(channels: Int) {
    text += "light:\n"
    let cut = network.fibres.count { !$0.parts.isEmpty }
    if cut > 0 {
      text +=
        "  # No transceiver closes over \(counted(cut, "fibre")): their parts end where light "
      text += "is regenerated.\n  regeneration: true\n"
    }
    text += "  links:\n"
    for fibre in network.fibres {
      let parts = fibre.parts.isEmpty ? [fibre.name] : fibre.parts
      let route = parts.map { YAMLText.scalar($0) }.joined(separator: ", ")
      text += "    - {\(head(of: fibre)), channels: \(channels), route: [\(route)]}"
      if let capacity = fibre.capacity { text += "  # imported capacity: \(capacity.text)" }
      text += "\n"
    }
  }

  mutating func writeTraffic(load: BitsPerSecond) {
    text += """
      traffic:
        - generate:
            name: demands
            arrivals: {poisson: {load: \(load.text)}}
            sizes: {exponential: 10 GB}

      """
    if network.demands.isEmpty {
      text += "      weights:\n"
      for site in network.largestPart { text += "        \(sites[site]): 1\n" }
    } else {
      text += "      pairs:"
      if network.demandsGoBothWays { text += "  # both ways: the file has each pair once" }
      text += "\n"
      for demand in network.demands {
        text += "        - {from: \(sites[demand.source]), to: \(sites[demand.target]), "
        text += "weight: \(YAMLText.number(demand.value, digits: 12))}\n"
      }
    }
    text += "sample_every: 1 min\n"
  }

  /// What a fibre and the link on it begin alike with.
  private func head(of fibre: ImportedNetwork.Fibre) -> String {
    "name: \(YAMLText.scalar(fibre.name)), between: [\(sites[fibre.first]), \(sites[fibre.second])]"
  }
}
