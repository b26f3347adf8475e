// SPDX-License-Identifier: GPL-3.0-or-later
internal import CommandLine

let tool = Tool(
  name: "swarm", version: "1",
  abstract: "Look for faults with random scenarios that use every section.",
  entries: [
    .command(SearchCommand.self), .command(RepeatCommand.self), .command(ShowCommand.self),
    .command(FaultsCommand.self), .command(PlantCommand.self),
  ])

tool.main()
