// SPDX-License-Identifier: GPL-3.0-or-later

import CommandLine

Tool(
  name: "cpnsim", version: Version.text,
  abstract: "Simulate a computing-power network: what fits, what breaks, what holds flows back.",
  commands: [RunCommand.self]
).main()
