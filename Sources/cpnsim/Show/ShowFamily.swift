// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine

extension CommandFamily {
  /// `cpnsim show`: prints what a scenario comes to, or what the tables of a run mean.
  static let show = CommandFamily(
    name: "show", placeholder: "what",
    abstract:
      "Show the network, links, light, pools or events of a scenario, allocations, a trace, columns.",
    discussion: """
      Without a scenario file network, fibres, light and circles show the built-in national \
      network, and pools the built-in pools.
      """,
    examples: [
      Example("cpnsim show network", "Show the built-in national network."),
      Example("cpnsim show links Scenarios/ring.yaml", "List the links of a scenario."),
      Example("cpnsim show columns flows", "Explain the columns of flows.csv."),
    ],
    members: [
      ShowNetwork.self, ShowLinks.self, ShowPaths.self, ShowFibres.self, ShowLight.self,
      ShowCircles.self, ShowHeadroom.self, ShowPools.self, ShowAllocation.self, ShowEvents.self,
      ShowTrace.self, ShowColumns.self, ShowPresets.self,
    ])
}
