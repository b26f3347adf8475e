// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import NetworkModel

/// What `show network` and `show links` print.
enum LinkListing {
  /// The nodes, each with the links that end there.
  static func nodes(of topology: Topology) -> Listing {
    var out = [Sum](repeating: Sum(), count: topology.nodes.count)
    var into = out
    var loose = Sum()
    for link in topology.links {
      guard let ends = link.ends else {
        loose.add(link)
        continue
      }
      out[Int(ends.source.index)].add(link)
      into[Int(ends.target.index)].add(link)
    }
    var listing = Listing([
      .init("node"), .init("links out", "links_out"), .init("capacity out", "capacity_out_bps"),
      .init("links in", "links_in"), .init("capacity in", "capacity_in_bps"),
    ])
    for (index, node) in topology.nodes.enumerated() {
      listing.append([.text(node)] + out[index].cells + into[index].cells)
    }
    // Links that stand alone end nowhere, and would be missing from the sum.
    if loose.links > 0 { listing.append([.absent] + loose.cells + loose.cells) }
    return listing
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
