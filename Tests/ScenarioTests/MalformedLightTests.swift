// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Testing

/// Fibres, rings and the section `light` with something wrong in them.
@Suite struct MalformedLightTests {
  /// Fibres, how they are built, and rings.
  static let plant = LightFlaw.read(
    #"""
    length: 100 km => length: 100
      6:43: network.fibres[0].length: found 100, expected a length with a unit, such as "80 km"
    length: 100 km => length: 0 km
      6:43: network.fibres[0].length: found "0 km", expected more than zero
    length: 100 km => length: -5 km
      6:43: network.fibres[0].length: found "-5 km", expected a length of at least zero
    length: 100 km => length: nan km
      6:43: network.fibres[0].length: found "nan km", expected a length such as "80 km"
    length: 100 km => length: 1e9 km
      6:43: network.fibres[0].length: found "1e9 km", expected a length of at most 100000 km
    length: 100 km => length: 10 Gbps
      6:43: network.fibres[0].length: found "10 Gbps", expected a length in one of m, km
    , length: 100 km =>
      6:7: network.fibres[0]: found no length, expected one
    name: bc, => name: ab,
      7:14: network.fibres[1].name: a second fibre "ab", first in line 6
      10:30: network.rings[0].fibres[1]: unknown fibre "bc" (known: ab, ca)
    between: [a, b], length => between: [a, x], length
      6:31: network.fibres[0].between[1]: unknown node "x"; did you mean "a"? (known: a, b, c)
    between: [a, b], length => between: [a, a], length
      6:27: network.fibres[0].between: found "a" as both ends, expected two different nodes
    between: [a, b], length => between: [a], length
      6:27: network.fibres[0].between: found 1 nodes, expected the two that it joins
    between: [a, b], length => between: a, length
      6:27: network.fibres[0].between: found "a", expected a list
    between: [a, b], length => length
      6:7: network.fibres[0]: found no nodes, expected between: [a, b]
    span: 100 km => span: 0 km
      7:64: network.fibres[1].line.span: found "0 km", expected more than zero
    span: 100 km => span: 500 km
      7:57: network.fibres[1].line: the longest span is 500.0 km, expected 1.0 to 400.0 km
    span: 100 km => loss: 0 dB/km
      7:64: network.fibres[1].line.loss: found "0 dB/km", expected more than zero
    span: 100 km => loss: 20 dB/km
      7:64: network.fibres[1].line.loss: found "20 dB/km", expected a loss of at most 10 dB/km
    span: 100 km => loss: 0.2 dB
      7:64: network.fibres[1].line.loss: found "0.2 dB", expected a loss in one of dB/km; did you mean "dB/km"?
    span: 100 km => lumped_loss: 50 dB
      7:57: network.fibres[1].line: the lumped loss is 50.0 dB, expected 0.0 to 30.0 dB
    span: 100 km => dispersion: 0 ps/nm/km
      7:70: network.fibres[1].line.dispersion: found "0 ps/nm/km", expected more than zero
    span: 100 km => dispersion: 0.5 ps/nm/km
      7:57: network.fibres[1].line: the dispersion is 0.5 ps/nm/km, expected 1.0 to 200.0 ps/nm/km
    span: 100 km => gamma: 0.1 /W/km
      7:57: network.fibres[1].line: the nonlinear coefficient is 0.1 /W/km, expected 0.3 to 30.0 /W/km
    span: 100 km => gamma: -1 /W/km
      7:65: network.fibres[1].line.gamma: found "-1 /W/km", expected a nonlinear coefficient of at least zero
    span: 100 km => noise_figure: 25 dB
      7:57: network.fibres[1].line: the noise figure is 25.0 dB, expected 0.0 to 20.0 dB
    span: 100 km => noise_figure: -5 dB
      7:72: network.fibres[1].line.noise_figure: found "-5 dB", expected a ratio of at least zero
    span: 100 km => noise: 5 dB
      7:58: network.fibres[1].line: unknown key "noise"; did you mean "noise_figure"? (known: span, loss, lumped_loss, dispersion, gamma, noise_figure)
    {name: r, fibres: [ab, bc, ca]} => {name: r, fibres: [ab, bc]}
      10:25: network.rings[0].fibres: found fibres that are no cycle, expected three or more that follow each other and end where they start
    {name: r, fibres: [ab, bc, ca]} => {name: r, fibres: [ab, bc, xx]}
      10:34: network.rings[0].fibres[2]: unknown fibre "xx" (known: ab, bc, ca)
    {name: r, fibres: [ab, bc, ca]} => {name: r, fibres: []}
      10:25: network.rings[0].fibres: found fibres that are no cycle, expected three or more that follow each other and end where they start
    {name: r, fibres: [ab, bc, ca]} => {name: r, fibres: [ab, bc, ca]}\n    - {name: r, fibres: [ab, bc, ca]}
      11:14: network.rings[1].name: a second ring "r", first in line 10
    {name: r, fibres: [ab, bc, ca]} => {name: r, fibres: [ab, ab, ab]}
      10:25: network.rings[0].fibres: found fibres that are no cycle, expected three or more that follow each other and end where they start
    length: 300 km => length: 300 km, colour: red
      8:51: network.fibres[2]: unknown key "colour" (known: name, between, length, line)
    {name: r, fibres: [ab, bc, ca]} => {fibres: [ab, bc, ca]}
      10:7: network.rings[0].name: the key is missing: The name of the ring, different from all others.
    {name: r, fibres: [ab, bc, ca]} => {name: r}
      10:7: network.rings[0].fibres: the key is missing: Its fibres in the order in which they follow each other.
    {name: r, fibres: [ab, bc, ca]} => {name: r, fibres: ab}
      10:25: network.rings[0].fibres: found "ab", expected a list
    - {name: ca, between: [c, a], length: 300 km} => - {name: ca, between: [c, a], length: 300 km, line: {noise_figure: inf dB}}
      8:72: network.fibres[2].line.noise_figure: found "inf dB", expected a ratio such as "2 dB"
    """#)

  /// What channels there are and what they carry.
  static let light = LightFlaw.read(
    #"""
    grid: 75-ghz => grid: 60-ghz
      12:9: light.grid: unknown word "60-ghz"; did you mean "50-ghz"? (known: 50-ghz, 75-ghz, 150-ghz)
    grid: 75-ghz => grid: 75
      12:9: light.grid: unknown word "75"; did you mean "75-ghz"? (known: 50-ghz, 75-ghz, 150-ghz)
    grid: 75-ghz => grid: {spacing: 50 GHz}
      12:9: light.grid.channels: the key is missing: How many there are.
    grid: 75-ghz => grid: {spacing: 50 GHz, channels: 0}
      12:37: light.grid.channels: found 0, expected more than zero
    grid: 75-ghz => grid: {spacing: 50 GHz, channels: 1000000}
      12:9: light.grid: a channel is 50191.3 THz, expected 150.0 to 250.0 THz
    grid: 75-ghz => grid: {spacing: 0 GHz, channels: 10}
      12:19: light.grid.spacing: found "0 GHz", expected more than zero
    grid: 75-ghz => grid: {spacing: 50 km, channels: 10}
      12:19: light.grid.spacing: found "50 km", expected a frequency in one of GHz, THz
    grid: 75-ghz => grid: {spacing: 50 GHz, channels: 10, first: 1 THz}
      12:9: light.grid: a channel is 1.0 THz, expected 150.0 to 250.0 THz
    grid: 75-ghz => grid: {spacing: 50 GHz, channels: 10, first: 191 GHz}
      12:9: light.grid: a channel is 0.191 THz, expected 150.0 to 250.0 THz
    grid: 75-ghz => grid: {slots: 0}
      12:17: light.grid.slots: found 0, expected more than zero
    grid: 75-ghz => grid: {slots: 10, guard: -1}
      12:9: light.grid: the guard between channels is -1.0 slots, expected 0.0 to 10.0 slots
    grid: 75-ghz => grid: {slots: 10, guard: 20}
      12:9: light.grid: the guard between channels is 20.0 slots, expected 0.0 to 10.0 slots
    grid: 75-ghz => grid: {slots: 5, guard: 1}
      12:9: light.grid: found a grid that no transceiver fits, expected room for the narrowest, which takes 75.0 GHz
    grid: 75-ghz => grid: {slots: 10, spacing: 50 GHz}
      12:21: light.grid: unknown key "spacing" (known: first, slots, guard)
    grid: 75-ghz => grid: 50-ghz
      12:9: light.grid: found a grid that no transceiver fits, expected room for the narrowest, which takes 75.0 GHz
    grid: 75-ghz => grid: {spacing: 12.5 GHz, channels: 10}
      12:9: light.grid: found a grid that no transceiver fits, expected room for the narrowest, which takes 75.0 GHz
    grid: 75-ghz => grid: []
      12:9: light.grid: found an empty list, expected one of 50-ghz, 75-ghz, 150-ghz
    noise_figure: 5 dB => noise_figure: 30 dB
      13:9: light.line: the noise figure is 30.0 dB, expected 0.0 to 20.0 dB
    noise_figure: 5 dB => noise_figure: 5
      13:24: light.line.noise_figure: found 5, expected a ratio with a unit, such as "2 dB"
    noise_figure: 5 dB => span: 1000 km
      13:9: light.line: the longest span is 1000.0 km, expected 1.0 to 400.0 km
    margin: 2 dB => margin: -2 dB
      14:11: light.margin: found "-2 dB", expected a ratio of at least zero
    margin: 2 dB => margin: 2
      14:11: light.margin: found 2, expected a ratio with a unit, such as "2 dB"
    margin: 2 dB => margin: nan dB
      14:11: light.margin: found "nan dB", expected a ratio such as "2 dB"
    margin: 2 dB => margin: 2 dB\n  launch_power: 0
      15:17: light.launch_power: found 0, expected optimum, or a power from -30 dBm to 30 dBm such as "0 dBm"
    margin: 2 dB => margin: 2 dB\n  launch_power: 100 dBm
      15:17: light.launch_power: found "100 dBm", expected optimum, or a power from -30 dBm to 30 dBm such as "0 dBm"
    margin: 2 dB => margin: 2 dB\n  launch_power: best
      15:17: light.launch_power: found "best", expected optimum, or a power from -30 dBm to 30 dBm such as "0 dBm"
    margin: 2 dB => margin: 2 dB\n  launch_power: inf dBm
      15:17: light.launch_power: found "inf dBm", expected optimum, or a power from -30 dBm to 30 dBm such as "0 dBm"
    margin: 2 dB => margin: 2 dB\n  interference: half
      15:17: light.interference: unknown word "half" (known: full, lit)
    margin: 2 dB => margin: 2 dB\n  interference: lit
      15:17: light.interference: found lit together with protection: ring, expected interference: full there
    transceivers: [400G DP-16QAM ZR+] => interference: lit\n  reach: [{rate: 100 Gbps}]
      15:17: light.interference: found lit together with reach, which knows no interference, expected interference: full there
      15:17: light.interference: found lit together with protection: ring, expected interference: full there
    margin: 2 dB => margin: 2 dB\n  assignment: worst-fit
      15:15: light.assignment: unknown word "worst-fit"; did you mean "first-fit"? (known: first-fit, best-fit, last-fit, most-used, least-used, random)
    margin: 2 dB => margin: 2 dB\n  search: both
      15:11: light.search: unknown word "both" (known: path-first, channel-first)
    margin: 2 dB => margin: 2 dB\n  direction: up
      15:14: light.direction: unknown word "up" (known: two-way, one-way)
    margin: 2 dB => margin: 2 dB\n  regeneration: maybe
      15:17: light.regeneration: found "maybe", expected true, false, a list of nodes or how many each of some has
    margin: 2 dB => margin: 2 dB\n  regeneration: {A: none}
      15:21: light.regeneration.A: found "none", expected a whole number of 1 or more, or unlimited
    margin: 2 dB => margin: 2 dB\n  setup: -1 s
      15:10: light.setup: found "-1 s", expected a time of at least zero
    margin: 2 dB => margin: 2 dB\n  setup: 1
      15:10: light.setup: found 1, expected a time with a unit, such as "10 s"
    margin: 2 dB => margin: 2 dB\n  idle: 1 km
      15:9: light.idle: found "1 km", expected a time in one of ns, us, ms, s, min, h, d
    margin: 2 dB => margin: 2 dB\n  delay: {per_km: 5 km}
      15:19: light.delay.per_km: found "5 km", expected a time in one of ns, us, ms, s, min, h, d
    margin: 2 dB => margin: 2 dB\n  delay: {per_km: -5 us}
      15:19: light.delay.per_km: found "-5 us", expected a time of at least zero
    margin: 2 dB => margin: 2 dB\n  delay: {per_mile: 5 us}
      15:11: light.delay: unknown key "per_mile" (known: per_km, per_hop)
    margin: 2 dB => margin: 2 dB\n  switching: {ring: 1}
      15:21: light.switching.ring: found 1, expected a time with a unit, such as "10 s"
    margin: 2 dB => margin: 2 dB\n  switching: {ring: 9999999999 d}
      15:21: light.switching.ring: found "9999999999 d", expected a time of at most 292 years
    margin: 2 dB => margin: 2 dB\n  colour: red
      15:3: light: unknown key "colour" (known: grid, line, launch_power, margin, interference, transceivers, reach, paths, assignment, search, regeneration, conversion, direction, delay, setup, teardown, idle, grooming, switching, each_fibre, and 3 more)
    margin: 2 dB => margin: 2 dB\n  reach: [{rate: 100 Gbps}]
      12:3: light: found transceivers and reach, expected at most one of them
    transceivers: [400G DP-16QAM ZR+] => transceivers: []
      12:3: light.transceivers: found an empty list, expected at least one mode
    transceivers: [400G DP-16QAM ZR+] => transceivers: [400G DP-16QAM ZR]
      15:18: light.transceivers[0]: unknown transceiver "400G DP-16QAM ZR"; did you mean "400G DP-16QAM ZR+"? (known: 100G DP-QPSK, 100G DP-QPSK ZR+, 200G DP-QPSK ZR+, 200G DP-QPSK, 200G DP-16QAM, 300G DP-8QAM, 400G DP-16QAM ZR+, 400G DP-16QAM, 400G DP-8QAM, 400G DP-QPSK long haul, 800G DP-16QAM)
    transceivers: [400G DP-16QAM ZR+] => transceivers: [400G DP-16QAM ZR+, 400G DP-16QAM ZR+]
      15:37: light.transceivers[1]: a second transceiver "400G DP-16QAM ZR+", first in line 15
    transceivers: [400G DP-16QAM ZR+] => transceivers: [{name: x, rate: 100 Gbps}]
      15:18: light.transceivers[0]: found rate without baud, expected both
    transceivers: [400G DP-16QAM ZR+] => transceivers: [{name: x, rate: 100 Gbps, baud: 100 GBd, slot: 75 GHz, required_osnr: 20 dB}]
      15:18: light.transceivers[0]: 100.0 GBd do not fit a slot of 75.0 GHz
    transceivers: [400G DP-16QAM ZR+] => transceivers: [{name: x, rate: 100 Gbps, baud: 60 GBd, slot: 75 GHz, required_osnr: 90 dB}]
      15:18: light.transceivers[0]: the required OSNR is 90.0 dB, expected -30.0 to 60.0 dB
    transceivers: [400G DP-16QAM ZR+] => transceivers: [{name: x, rate: 100 Gbps, baud: 60 GBd, slot: 100 GHz, required_osnr: 20 dB}]
      12:9: light.grid: found a grid that no transceiver fits, expected room for the narrowest, which takes 100.0 GHz
    transceivers: [400G DP-16QAM ZR+] => transceivers: [{name: x, rate: 100 Gbps, baud: 60 GHz, slot: 100 GHz, required_osnr: 20 dB}]
      15:50: light.transceivers[0].baud: found "60 GHz", expected a symbol rate in one of GBd
    transceivers: [400G DP-16QAM ZR+] => transceivers: [{name: x, rate: 0 Gbps, baud: 60 GBd, slot: 100 GHz, required_osnr: 20 dB}]
      15:34: light.transceivers[0].rate: found "0 Gbps", expected more than zero
    transceivers: [400G DP-16QAM ZR+] => transceivers: [{name: x, rate: 1 bps, baud: 60 GBd, slot: 75 GHz, required_osnr: 20 dB}]
      15:18: light.transceivers[0]: the line rate is 1.0 bit/s, expected 1000000.0 to 1000000000000000.0 bit/s
    transceivers: [400G DP-16QAM ZR+] => reach: []
      12:3: light.reach: found an empty list, expected at least one step
    transceivers: [400G DP-16QAM ZR+] => reach: [{up_to: 100 km}]
      15:11: light.reach[0]: found none of rate, efficiency, expected exactly one
    transceivers: [400G DP-16QAM ZR+] => reach: [{up_to: 100 km, rate: 100 Gbps, efficiency: 2}]
      15:11: light.reach[0]: found rate and efficiency of rate, efficiency, expected exactly one
    transceivers: [400G DP-16QAM ZR+] => reach: [{up_to: 500 km, efficiency: 2}]
      15:11: light.reach[0]: found efficiency on a fixed grid, expected rate
    transceivers: [400G DP-16QAM ZR+] => reach: [{up_to: 500 km, rate: 400 Gbps}, {up_to: 400 km, rate: 100 Gbps}]
      15:44: light.reach[1]: found a step that is not longer than the one before, expected up_to to grow
    transceivers: [400G DP-16QAM ZR+] => reach: [{rate: 400 Gbps}, {rate: 100 Gbps}]
      15:29: light.reach[1]: found a step that is not longer than the one before, expected up_to to grow
    transceivers: [400G DP-16QAM ZR+] => reach: [{up_to: 0 km, rate: 400 Gbps}]
      15:19: light.reach[0].up_to: found "0 km", expected more than zero
    grid: 75-ghz\n  line: {noise_figure: 5 dB}\n  margin: 2 dB\n  transceivers: [400G DP-16QAM ZR+] => grid: {slots: 100}\n  reach: [{rate: 400 Gbps}]
      13:11: light.reach[0]: found rate on a flexible grid, expected efficiency
    grid: 75-ghz\n  line: {noise_figure: 5 dB}\n  margin: 2 dB\n  transceivers: [400G DP-16QAM ZR+] => grid: {slots: 100}\n  reach: [{efficiency: -2}]
      13:24: light.reach[0].efficiency: found -2, expected more than zero
    margin: 2 dB => margin: 2 dB\n  teardown: soon
      15:13: light.teardown: found "soon", expected a time such as "10 s"
    margin: 2 dB => margin: 2 dB\n  grooming: 1
      15:13: light.grooming: found 1, expected true or false
    margin: 2 dB => margin: 2 dB\n  conversion: "true"
      15:15: light.conversion: found "true", expected true or false
    margin: 2 dB => margin: 2 dB\n  delay: {per_hop: .inf}
      15:20: light.delay.per_hop: found ".inf", expected a time such as "10 s"
    margin: 2 dB => margin: 2 dB\n  switching: {protection: -50 ms}
      15:27: light.switching.protection: found "-50 ms", expected a time of at least zero
    margin: 2 dB => margin: 2 dB\n  switching: {restoration: ~}
      15:28: light.switching.restoration: found nothing, expected a time such as "10 s"
    margin: 2 dB => margin: 2 dB\n  switching: {ring: nan ms}
      15:21: light.switching.ring: found "nan ms", expected a time such as "10 s"
    grid: 75-ghz => grid: {slots: 6, guard: 1}
      12:9: light.grid: found a grid that no transceiver fits, expected room for the narrowest, which takes 75.0 GHz
    grid: 75-ghz => grid: {slots: 2.5}
      12:17: light.grid.slots: found 2.5, expected a whole number
    grid: 75-ghz => grid: {spacing: nan GHz, channels: 10}
      12:19: light.grid.spacing: found "nan GHz", expected a frequency such as "50 GHz"
    margin: 2 dB => margin: 2 dB\n  interference: lit\n  regeneration: true\n  conversion: true\n  search: channel-first
      15:17: light.interference: found lit together with regeneration, expected interference: full there
      15:17: light.interference: found lit together with conversion, expected interference: full there
      15:17: light.interference: found lit together with search: channel-first, expected interference: full there
      15:17: light.interference: found lit together with protection: ring, expected interference: full there
    paths: {count: 3, by: km} => paths: {count: 0}
      16:18: light.paths.count: found 0, expected more than zero
    paths: {count: 3, by: km} => paths: {count: 1001}
      16:10: light.paths.count: found 1001, expected at most 1000 paths
    paths: {count: 3, by: km} => paths: {count: 2.5}
      16:18: light.paths.count: found 2.5, expected a whole number
    paths: {count: 3, by: km} => paths: {by: miles}
      16:15: light.paths.by: unknown word "miles" (known: km, hops, delay, spectrum)
    paths: {count: 3, by: km} => paths: {list: [[a]]}
      16:18: light.paths.list[0]: there is no node and no fibre "a"
    paths: {count: 3, by: km} => paths: {list: [[]]}
      16:18: light.paths.list[0]: found no path, expected two nodes or more, or a fibre or more
    paths: {count: 3, by: km} => paths: {list: [[a, x]]}
      16:18: light.paths.list[0]: there is no node and no fibre "x"
    paths: {count: 3, by: km} => paths: {list: [[ab, xx]]}
      16:18: light.paths.list[0]: there is no node and no fibre "xx"
    paths: {count: 3, by: km} => paths: {list: [[a, b, a]]}
      16:18: light.paths.list[0]: the path comes to "a" twice
    paths: {count: 3, by: km} => paths: {list: [[ab, ca, bc]]}
      16:18: light.paths.list[0]: the path comes to "b" twice
    paths: {count: 3, by: km} => paths: {list: []}
      16:10: light.paths.list: found an empty list, expected at least one path
    paths: {count: 3, by: km} => paths: {table: none.csv}
      16:18: light.paths.table: the file "none.csv" can't be read: No such file or directory
    """#)

  @Test func theSoundScenarioHasNoProblem() throws {
    #expect(try problems(LightFlaw.sound, files: LightFlaw.files) == [])
  }

  @Test(arguments: plant + light)
  func everyFlawIsSaidWhereItStands(flaw: LightFlaw) throws {
    #expect(flaw.scenario != LightFlaw.sound)
    let found = try problems(flaw.scenario, files: LightFlaw.files)
    #expect(found == flaw.problems)
  }
}
