// SPDX-License-Identifier: GPL-3.0-or-later

internal import Light
public import NetworkModel
public import Simulator

extension Model {
  /// What names of fibres and their ends mean.
  public var fibreNames: NetworkNames {
    let nodes = topology.nodes
    return NetworkNames(
      places, nodes: nodes,
      lines: light.plant.fibres.map { fibre in
        .init(
          fibre.name, ends: (nodes[Int(fibre.first.index)], nodes[Int(fibre.second.index)]))
      })
  }
}
