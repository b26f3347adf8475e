// SPDX-License-Identifier: GPL-3.0-or-later

internal import Light
internal import NetworkModel
internal import Results
internal import Scenario
internal import Simulator

/// What `show network` and `show links` print.
enum LinkListing {
  /// The nodes: what is known of each, and the fibres and links that end there.
  ///
  /// A network without fibres, or without links, has no columns for them.
  static func nodes(of loaded: LoadedScenario) -> Listing {
    let model = loaded.model
    let showsFibres = !model.light.plant.fibres.isEmpty
    let showsLinks = !model.topology.links.isEmpty
    let (sums, loose) = linkSums(of: model.topology)
    let ends = fibreSums(of: model.light.plant)
    var listing = Listing(
      [.init("node")]
        + (showsFibres
          ? [.init("kind"), .init("fibres"), .init("length of fibres", "fibres_km")] : [])
        + (showsLinks
          ? [
            .init("links out", "links_out"), .init("capacity out", "capacity_out_bps"),
            .init("links in", "links_in"), .init("capacity in", "capacity_in_bps"),
          ] : []))
    for (index, site) in loaded.map().sites.enumerated() {
      let kind = site.properties.first { $0.name == "kind" }?.value
      let lit: [Cell] = [
        kind.map { .text(Self.text($0)) } ?? .absent, .count(ends[index].fibres),
        .length(ends[index].length),
      ]
      listing.append(
        [.text(site.name)] + (showsFibres ? lit : [])
          + (showsLinks ? sums[index].out.cells + sums[index].into.cells : []))
    }
    // Links that stand alone end nowhere, and would be missing from the sum.
    if loose.links > 0 {
      listing.append(
        [.absent] + (showsFibres ? [.absent, .absent, .absent] : []) + loose.cells + loose.cells)
    }
    return listing
  }

  private static func text(_ value: NetworkMap.Property.Value) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): "\(number)"
    case .integer(let number): "\(number)"
    }
  }

  private static func linkSums(
    of topology: Topology
  ) -> (nodes: [(out: Sum, into: Sum)], loose: Sum) {
    var nodes = [(out: Sum, into: Sum)](
      repeating: (Sum(), Sum()), count: topology.nodes.count)
    var loose = Sum()
    for link in topology.links {
      guard let ends = link.ends else {
        loose.add(link)
        continue
      }
      nodes[Int(ends.source.index)].out.add(link)
      nodes[Int(ends.target.index)].into.add(link)
    }
    return (nodes, loose)
  }

  /// The fibres that end at each node, and their length together.
  private static func fibreSums(of plant: FibrePlant) -> [(fibres: Int, length: Kilometres)] {
    var sums = [(fibres: Int, length: Kilometres)](
      repeating: (0, Kilometres(0)), count: plant.siteCount)
    for fibre in plant.fibres {
      for site in [fibre.first, fibre.second] {
        let sum = sums[Int(site.index)]
        sums[Int(site.index)] = (
          sum.fibres + 1, Kilometres(sum.length.value + fibre.length.value)
        )
      }
    }
    return sums
  }

  static func links(of topology: Topology) -> Listing {
    var listing = Listing([
      .init("link"), .init("from"), .init("to"), .init("capacity", "capacity_bps"),
      .init("delay", "delay_s"),
    ])
    for link in topology.links {
      listing.append([
        .text(link.name), link.ends.map { .text(topology[$0.source]) } ?? .absent,
        link.ends.map { .text(topology[$0.target]) } ?? .absent, .rate(link.capacity.value),
        .duration(link.delay),
      ])
    }
    return listing
  }

  /// Some links and what they carry together.
  private struct Sum {
    var links = 0
    var capacity = 0.0

    mutating func add(_ link: Link) {
      links += 1
      capacity += link.capacity.value
    }

    var cells: [Cell] { [.count(links), .rate(capacity)] }
  }
}
