// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Scenario

/// Token traffic with something wrong in it.
@Suite struct MalformedTokensTests {
  private static let sound = """
    scenario: s
    duration: 24 h
    network:
      links:
        - {name: l, from: a, to: b, capacity: 10 Gbps, two_way: true}
    traffic:
      - tokens:
          total: 1e9 tokens/day
          from: {a: 1}
          to: {b: {in: 1e6 tokens/s, out: 2e5 tokens/s}}
          services: [chat]

    """

  private static let site = "{in: 1e6 tokens/s, out: 2e5 tokens/s}"

  @Test func theSoundOneIsSound() throws {
    #expect(try problems(MalformedTokensTests.sound).isEmpty)
  }

  @Test(arguments: [
    ("total: 1e9 tokens/day", "total: 1e9", "s.yaml:8:", "a rate of tokens with a unit"),
    ("total: 1e9 tokens/day", "total: 0 tokens/s", "s.yaml:8:", "more than zero"),
    ("total: 1e9 tokens/day", "total: 1e9 token/day", "s.yaml:8:", "tokens/day"),
    ("      total: 1e9 tokens/day\n", "", "s.yaml:8:", "tokens.total: the key is missing"),
    ("{a: 1}", "{x: 1}", "s.yaml:9:", "unknown node \"x\""),
    ("{a: 1}", "{a: 0}", "s.yaml:9:", "more than zero"),
    ("{a: 1}", "provinces", "s.yaml:9:", "expected network: {use: national}, or nodes"),
    ("{a: 1}", "everywhere", "s.yaml:9:", "provinces, or a mapping of nodes"),
    ("{b: {", "{y: {", "s.yaml:10:", "unknown node \"y\""),
    ("in: 1e6 tokens/s", "in: 5", "s.yaml:10:20", "a rate of tokens with a unit"),
    (MalformedTokensTests.site, "1e6 tokens/s", "s.yaml:10:15", "single rate \"1e6 tokens/s\""),
    (MalformedTokensTests.site, "1e6 tokens/s", "s.yaml:10:15", "many times as many in as out"),
    (", out: 2e5 tokens/s", "", "s.yaml:10:15", "found in without out, expected both"),
    ("in: 1e6 tokens/s, ", "", "s.yaml:10:15", "found out without in, expected both"),
    ("in: 1e6", "nodes: 3, in: 1e6", "s.yaml:10:15", "found in and nodes of in, nodes"),
    ("out: 2e5", "out: 0", "s.yaml:10:", "more than zero"),
    (MalformedTokensTests.site, "{nodes: 0}", "s.yaml:10:", "more than zero"),
    (MalformedTokensTests.site, "{}", "s.yaml:10:15", "found none of in, nodes"),
    (
      "{b: \(MalformedTokensTests.site)}", "clusters", "s.yaml:10:", "those of the built-in network"
    ),
    ("services: [chat]", "ends_at: data-centres", "s.yaml:11:", "those of the built-in network"),
    ("services: [chat]", "ends_at: rooftops", "s.yaml:11:", "known: gateways, data-centres"),
    ("services: [chat]", "services: []", "s.yaml:11:", "expected at least one service"),
    ("services: [chat]", "services: [chatt]", "s.yaml:11:", "did you mean \"chat\"?"),
    ("services: [chat]", "services: [chat, chat]", "s.yaml:11:", "a second service \"chat\""),
    ("[chat]", "[{name: own, share: 10 %}]", "s.yaml:11:", "needs share, input_tokens and output"),
    ("[chat]", "[{name: chat, share: 0 %}]", "s.yaml:11:", "found no share above 0 %"),
    ("[chat]", "[{name: chat, daily: [1, 1, 1, 1, 1, 1, 1]}]", "s.yaml:11:", "the 1440 minutes"),
    ("[chat]", "[{name: chat, daily: [0, 0]}]", "s.yaml:11:", "one of them above 0"),
    ("[chat]", "[{name: chat, input_variation: -1}]", "s.yaml:11:", "from 0 to 100"),
    ("services: [chat]", "sample: 2", "s.yaml:11:", "a part of all requests from 0 to 1"),
    ("services: [chat]", "inference_share: 30 %", "s.yaml:11:", "expected to: clusters"),
    ("services: [chat]", "serve: fast", "s.yaml:11:", "known: nearest, spread"),
    ("services: [chat]", "start: 2 h\n      stop: 1 h", "s.yaml:12:", "not after start"),
    ("duration: 24 h\n", "", "s.yaml:", "never ends"),
    ("two_way: true", "two_way: false", "s.yaml:9:", "no route leads from \"b\" to \"a\""),
  ])
  func everyFlawIsSaidWhereItStands(old: String, new: String, place: String, text: String) throws {
    let found = try problems(MalformedTokensTests.sound.replacing(old, with: new))
      .joined(separator: "\n")
    #expect(found.contains(text), "\(found)")
    #expect(found.contains(place), "\(found)")
  }

  @Test func aPlaceAndItsSiteMayBeOne() throws {
    let text = MalformedTokensTests.sound
      .replacing("{a: 1}", with: "{a: 1, b: 2}")
      .replacing(
        "[chat]", with: "[{name: own, share: 1 %, input_tokens: 5, output_tokens: 5}]")
    #expect(try problems(text).isEmpty)
  }
}
