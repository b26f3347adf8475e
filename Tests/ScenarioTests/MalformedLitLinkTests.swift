// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import Testing

/// Links made of light with something wrong in them.
@Suite struct MalformedLitLinkTests {
  /// Links, and the link over each fibre.
  static let links = LightFlaw.read(
    #"""
    margin: 2 dB => margin: 60 dB
      18:7: light.links[0].channels: lit 0 of 2 channels of link "l", then no mode closes over any route between its nodes
      19:7: light.links[1].channels: lit 0 of 1 channels of link "m", then no mode closes over any route between its nodes
    margin: 2 dB => margin: 2 dB\n  direction: one-way
      19:7: light.links[0]: found a link with direction: one-way, expected two-way: a link is one both ways
    transceivers: [400G DP-16QAM ZR+] => transceivers: [{name: x, rate: 100 Gbps, baud: 60 GBd, slot: 75 GHz, required_osnr: 60 dB}]
      18:7: light.links[0].channels: lit 0 of 2 channels of link "l", then no mode closes over any route between its nodes
      19:7: light.links[1].channels: lit 0 of 1 channels of link "m", then no mode closes over any route between its nodes
    transceivers: [400G DP-16QAM ZR+] => reach: [{up_to: 50 km, rate: 400 Gbps}]
      18:7: light.links[0].channels: lit 0 of 2 channels of link "l", then no mode closes over any route between its nodes
      19:7: light.links[1].channels: lit 0 of 1 channels of link "m", then no mode closes over any route between its nodes
    grid: 75-ghz\n  line: {noise_figure: 5 dB}\n  margin: 2 dB\n  transceivers: [400G DP-16QAM ZR+] => grid: {slots: 100}\n  reach: [{efficiency: 1e17}]
      16:7: light.links[0]: found no rate, expected one: on the flexible grid it decides how many slots are needed
      17:7: light.links[1]: found no rate, expected one: on the flexible grid it decides how many slots are needed
    grid: 75-ghz\n  line: {noise_figure: 5 dB}\n  margin: 2 dB\n  transceivers: [400G DP-16QAM ZR+] => grid: {slots: 100}\n  reach: [{efficiency: 1e-17}]
      16:7: light.links[0]: found no rate, expected one: on the flexible grid it decides how many slots are needed
      17:7: light.links[1]: found no rate, expected one: on the flexible grid it decides how many slots are needed
    below: 30 % => every: -1 s
      19:79: light.links[1].automatic.every: found "-1 s", expected a time of at least zero
    name: l, => name: "l,1",
      18:14: light.links[0].name: found the name "l,1" with ; , " or a control character in it, expected a name without
    channels: 2 => channels: -1
      18:7: light.links[0].channels: found -1, expected a number of channels from 0 to 100000
    channels: 2 => channels: 2.5
      18:44: light.links[0].channels: found 2.5, expected a whole number
    channels: 2 => channels: 100001
      18:7: light.links[0].channels: found 100001, expected a number of channels from 0 to 100000
    channels: 2 => channels: 81
      18:7: light.links[0].channels: lit 80 of 81 channels of link "l", then every route has a fibre without a free channel
      19:7: light.links[1].channels: lit 0 of 1 channels of link "m", then every route has a fibre without a free channel
    channels: 2 => channels: many
      18:44: light.links[0].channels: found "many", expected a whole number
    channels: 2 => rate: 0 Gbps
      18:40: light.links[0].rate: found "0 Gbps", expected more than zero
    channels: 2 => rate: 900 Gbps
      18:7: light.links[0].rate: found 900 Gbps, expected a rate that a transceiver of this grid has, at most 400 Gbps
    channels: 2 => rate: 4
      18:40: light.links[0].rate: found 4, expected a bit rate with a unit, such as "400 Gbps"
    name: l, => name: m,
      19:14: light.links[1].name: a second link "m", first in line 18
    name: l, =>
      18:7: light.links[0].name: the key is missing: The name of the link, different from all others.
    between: [a, b], channels => between: [a, a], channels
      18:30: light.links[0].between[1]: found "a" as both ends, expected two different nodes
    between: [a, b], channels => between: [a, x], channels
      18:30: light.links[0].between[1]: unknown node "x"; did you mean "a"? (known: a, b, c)
    between: [a, b], channels => between: [a, b, c], channels
      18:26: light.links[0].between: found 3 nodes, expected the two that it joins
    between: [a, b], channels => channels
      18:7: light.links[0].between: the key is missing: The two nodes that it joins.
    protection: ring, ring: r => protection: triple
      18:59: light.links[0].protection: unknown word "triple" (known: none, 1+1, ring, restoration)
    protection: ring, ring: r => protection: ring, ring: x
      18:71: light.links[0].ring: unknown ring "x"; did you mean "r"? (known: r)
    protection: ring, ring: r => protection: none, ring: r
      18:7: light.links[0].ring: found a ring without protection: ring, expected both
    rings:\n    - {name: r, fibres: [ab, bc, ca]}\nlight: => rings: []\nlight:
      17:71: light.links[0].ring: unknown ring "r"; there are none
    route: [bc] => route: [ab]
      19:41: light.links[1].route: found a route between other nodes, expected one between those of the link
    route: [bc] => route: [x]
      19:41: light.links[1].route: there is no node and no fibre "x"
    route: [bc] => route: []
      19:41: light.links[1].route: found no path, expected two nodes or more, or a fibre or more
    route: [bc] => route: [b, c, a]
      19:41: light.links[1].route: found a route between other nodes, expected one between those of the link
    route: [bc] => route: bc
      19:41: light.links[1].route: found "bc", expected a list
    above: 80 % => above: 20 %
      19:58: light.links[1].automatic: found below 30.0 % and above 20.0 %, expected below < above
    above: 80 % => above: 0 %
      19:66: light.links[1].automatic.above: found "0 %", expected more than zero
    above: 80 % => above: 120 %
      19:66: light.links[1].automatic.above: found "120 %", expected a part of at most 100 %
    above: 80 % => above: 0.8
      19:66: light.links[1].automatic.above: found 0.8, expected a part with a unit, such as "80 %"
    below: 30 % => below: -5 %
      19:79: light.links[1].automatic.below: found "-5 %", expected a part of at least zero
    below: 30 % => most: 0
      19:78: light.links[1].automatic.most: found 0, expected more than zero
    below: 30 % => least: 5, most: 3
      19:58: light.links[1].automatic: found least 5 and most 3, expected 0 <= least <= most
    below: 30 % => least: -1
      19:58: light.links[1].automatic: found least -1 and most 80, expected 0 <= least <= most
    below: 30 % => every: 0 s
      19:79: light.links[1].automatic.every: found "0 s", expected more than zero
    below: 30 % => every: 1 Gbps
      19:79: light.links[1].automatic.every: found "1 Gbps", expected a time in one of ns, us, ms, s, min, h, d
    below: 30 %} => below: 30 %}, on_demand: yes
      19:97: light.links[1].on_demand: found "yes", expected true or false
    below: 30 %}} => below: 30 %}, on_demand: true}\n    - {name: n, between: [c, b], on_demand: true}
      20:7: light.links[2].on_demand: found a second link on demand between the same nodes, expected one
    margin: 2 dB => margin: 2 dB\n  each_fibre: {channels: -1}
      15:15: light.each_fibre.channels: found -1, expected a number of channels from 0 to 100000
    margin: 2 dB => margin: 2 dB\n  each_fibre: {channels: 81}
      15:15: light.each_fibre.channels: lit 38 of 81 channels of link "ab" and too few of 2 others, then every route has a fibre without a free channel
    margin: 2 dB => margin: 2 dB\n  each_fibre: {rate: 1e9 Gbps}
      15:15: light.each_fibre.rate: found 1000 Pbps, expected a rate that a transceiver of this grid has, at most 400 Gbps
    margin: 2 dB => margin: 2 dB\n  each_fibre: {automatic: {above: 1 %}}
      15:27: light.each_fibre.automatic: found below 30.0 % and above 1.0 %, expected below < above
    """#)

  /// Failures at random and at given times.
  static let faults = LightFlaw.read(
    #"""
    cut: ab, for: 2 s => cut: ab, for: nan s
      27:29: events[0].for: found "nan s", expected a time such as "10 s"
    per_1000_km: 2 /y => per_1000_km: 0 /y
      25:34: light.failures.cuts.per_1000_km: found "0 /y", expected more than zero
    per_1000_km: 2 /y => per_1000_km: 2
      25:34: light.failures.cuts.per_1000_km: found 2, expected a rate with a unit, such as "100 /s"
    per_1000_km: 2 /y => per_1000_km: -2 /y
      25:34: light.failures.cuts.per_1000_km: found "-2 /y", expected a rate of at least zero
    per_1000_km: 2 /y => per_1000_km: 1e300 /y
      25:34: light.failures.cuts.per_1000_km: found "1e300 /y", expected a rate of at most 1e9 /s
    repair: 8 h => repair: 0 h
      25:48: light.failures.cuts.repair: found "0 h", expected more than zero
    , repair: 8 h =>
      25:20: light.failures.cuts.repair: the key is missing: The mean of the exponential time to repair.
    cuts: {per_1000_km: 2 /y, repair: 8 h} => amplifiers: {lifetime: 0 h, repair: 1 h}
      25:37: light.failures.amplifiers.lifetime: found "0 h", expected more than zero
    cuts: {per_1000_km: 2 /y, repair: 8 h} => amplifiers: {repair: 1 h}
      25:26: light.failures.amplifiers.lifetime: the key is missing: The mean of the exponential time between failures.
    cuts: {per_1000_km: 2 /y, repair: 8 h} => transponders: {lifetime: 1 h, repair: 1}
      25:52: light.failures.transponders.repair: found 1, expected a time with a unit, such as "10 s"
    cuts: {per_1000_km: 2 /y, repair: 8 h} => lasers: {lifetime: 1 h, repair: 1 h}
      25:14: light.failures: unknown key "lasers" (known: cuts, amplifiers, transponders)
    cut: ab, => cut: xx,
      27:20: events[0].cut: unknown fibre "xx" (known: ab, bc, ca)
    cut: ab, => cut: l,
      27:20: events[0].cut: "l" is a link and no fibre, expected a fibre; fail fails a link
    cut: ab, for: 2 s => cut: ab, for: 0 s
      27:29: events[0].for: found "0 s", expected more than zero
    cut: ab, for: 2 s => cut: ab, for: 2
      27:29: events[0].for: found 2, expected a time with a unit, such as "10 s"
    cut: ab, for: 2 s => mend: ab, for: 2 s
      27:5: events[0].for: found for, expected it only with fail, cut, amplifier, transponder or fail_pool
    cut: ab, for: 2 s => mend: xx
      27:21: events[0].mend: unknown fibre "xx" (known: ab, bc, ca)
    cut: ab, => amplifier: xx,
      27:26: events[0].amplifier: unknown fibre "xx" (known: ab, bc, ca)
    cut: ab, => transponder: xx,
      27:28: events[0].transponder: unknown link made of light "xx" (known: l, m)
    cut: ab, => transponder: ab,
      27:28: events[0].transponder: unknown link made of light "ab" (known: l, m)
    cut: ab, => cut: ab, amplifier: bc,
      27:5: events[0]: found cut and amplifier of capacity, fail, repair, cut, mend, amplifier, transponder, fail_pool, expected exactly one
    cut: ab, => fail: ab,
      27:21: events[0].fail: "ab" is a fibre and no link, expected a link; light: {each_fibre: {channels: 4}} makes one of each fibre, and cut fails a fibre
    at: 1 s, cut => at: -1 s, cut
      27:10: events[0].at: found "-1 s", expected a time of at least zero
    at: 1 s, cut => cut
      27:5: events[0].at: the key is missing: The simulated time of the change.
    """#)

  @Test(arguments: links + faults)
  func everyFlawIsSaidWhereItStands(flaw: LightFlaw) throws {
    #expect(flaw.scenario != LightFlaw.sound)
    let found = try problems(flaw.scenario, files: LightFlaw.files)
    #expect(found == flaw.problems)
  }
}
