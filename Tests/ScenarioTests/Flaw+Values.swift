// SPDX-License-Identifier: GPL-3.0-or-later

extension Flaw {
  /// Values of the wrong kind, unit or size.
  static let values = [
    Flaw(
      "capacity: 2 Gbps", "capacity: 2",
      "s.yaml:7:31: network.links[1].capacity: found 2, expected a bit rate with a unit, "
        + "such as \"400 Gbps\""),
    Flaw(
      "capacity: 2 Gbps", "capacity: 2 GBps",
      "s.yaml:7:31: network.links[1].capacity: found \"2 GBps\", expected a bit rate in one of "
        + "bps, kbps, Mbps, Gbps, Tbps, Pbps; did you mean \"Gbps\"?"),
    Flaw(
      "capacity: 2 Gbps", "capacity: 2 h",
      "s.yaml:7:31: network.links[1].capacity: found \"2 h\", expected a bit rate in one of "
        + "bps, kbps, Mbps, Gbps, Tbps, Pbps"),
    Flaw(
      "capacity: 2 Gbps", "capacity: 0 Gbps",
      "s.yaml:7:31: network.links[1].capacity: found \"0 Gbps\", expected more than zero"),
    Flaw(
      "capacity: 2 Gbps", "capacity: -2 Gbps",
      "s.yaml:7:31: network.links[1].capacity: found \"-2 Gbps\", "
        + "expected a bit rate of at least zero"),
    Flaw(
      "capacity: 2 Gbps", "capacity: 1e40 Gbps",
      "s.yaml:7:31: network.links[1].capacity: found \"1e40 Gbps\", "
        + "expected a bit rate of at most 1000 Pbps"),
    Flaw(
      "capacity: 2 Gbps", "capacity: 1e400 Gbps",
      "s.yaml:7:31: network.links[1].capacity: found \"1e400 Gbps\", "
        + "expected a bit rate of at most 1000 Pbps"),
    Flaw(
      "capacity: 2 Gbps", "capacity: nan Gbps",
      "s.yaml:7:31: network.links[1].capacity: found \"nan Gbps\", "
        + "expected a bit rate such as \"400 Gbps\""),
    Flaw(
      "capacity: 2 Gbps", "capacity: .inf",
      "s.yaml:7:31: network.links[1].capacity: found \".inf\", "
        + "expected a bit rate such as \"400 Gbps\""),
    Flaw(
      "capacity: 2 Gbps", "capacity: 1_000 Gbps",
      "s.yaml:7:31: network.links[1].capacity: found \"1_000 Gbps\", expected a bit rate "
        + "such as \"400 Gbps\""),
    Flaw(
      "capacity: 2 Gbps", "capacity: [2 Gbps]",
      "s.yaml:7:31: network.links[1].capacity: found a list, "
        + "expected a bit rate such as \"400 Gbps\""),
    Flaw(
      "capacity: 2 Gbps", "capacity: ~",
      "s.yaml:7:31: network.links[1].capacity: found nothing, "
        + "expected a bit rate such as \"400 Gbps\""),
    Flaw(
      "duration: 10 s", "duration: 300 years",
      "s.yaml:2:11: duration: found \"300 years\", expected a time in one of "
        + "ns, us, ms, s, min, h, d"),
    Flaw(
      "duration: 10 s", "duration: 110000 d",
      "s.yaml:2:11: duration: found \"110000 d\", expected a time of at most 292 years"),
    Flaw(
      "duration: 10 s", "duration: 0 s",
      "s.yaml:2:11: duration: found \"0 s\", expected more than zero"),
    Flaw(
      "weight: 2", "weight: nan",
      "s.yaml:9:26: classes[0].weight: found nan, expected a finite decimal number"),
    Flaw(
      "weight: 2", "weight: 1e17",
      "s.yaml:9:5: classes[0].weight: found 1e+17, expected a weight from 1e-9 to 1e9"),
    Flaw(
      "weight: 2", "weight: 0x10",
      "s.yaml:9:26: classes[0].weight: found 0x10, expected a finite decimal number"),
    Flaw(
      "weight: 2", "weight: \"2\"",
      "s.yaml:9:26: classes[0].weight: found \"2\", expected a finite decimal number"),
    Flaw(
      "weight: 2", "weight: 0", "s.yaml:9:26: classes[0].weight: found 0, expected more than zero"),
    Flaw(
      "weight: 2", "floor: 2 Gbps, ceiling: 1 Gbps",
      "s.yaml:9:42: classes[0].ceiling: found a ceiling below the floor, "
        + "expected floor <= ceiling"),
    Flaw(
      "weight: 2", "priority: 1.5",
      "s.yaml:9:28: classes[0].priority: found 1.5, expected a whole number"),
    Flaw(
      "scenario: s", "scenario: s\nseed: -1",
      "s.yaml:2:7: seed: found -1, expected a whole number from 0 to 9223372036854775807"),
    Flaw(
      "scenario: s", "scenario: s\nseed: 9223372036854775808",
      "s.yaml:2:7: seed: found 9223372036854775808, "
        + "expected a whole number from 0 to 9223372036854775807"),
    Flaw(
      "two_way: true", "two_way: yes",
      "s.yaml:6:61: network.links[0].two_way: found \"yes\", expected true or false"),
    Flaw(
      "scenario: s", "scenario: s\nrouting: shortest",
      "s.yaml:2:10: routing: unknown word \"shortest\"; did you mean \"shortest-delay\"? (known: shortest-delay)"
    ),
    Flaw(
      "scenario: s", "scenario: s\noutputs: [flow, flow]",
      "s.yaml:2:11: outputs[0]: unknown word \"flow\"; did you mean \"flows\"? "
        + "(known: summary, flows, links, fabric-links, bottlenecks, events, lightpaths, requests, "
        + "services, paths, demands, tokens, token-sites, token-waits, samples, jobs, elastic, "
        + "transfers, pools, clusters, and 3 more)",
      "s.yaml:2:17: outputs[1]: unknown word \"flow\"; did you mean \"flows\"? "
        + "(known: summary, flows, links, fabric-links, bottlenecks, events, lightpaths, requests, "
        + "services, paths, demands, tokens, token-sites, token-waits, samples, jobs, elastic, "
        + "transfers, pools, clusters, and 3 more)"
    ),
  ]
}
