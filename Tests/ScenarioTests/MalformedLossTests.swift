// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Scenario

/// Ports, transports and demands with something wrong in them.
@Suite struct MalformedLossTests {
  private static let sound = """
    scenario: s
    duration: 10 s
    network:
      links:
        - {name: l, from: a, to: b, capacity: 10 Gbps, port: {buffer: 2 MB}, two_way: true}
    classes:
      - {name: tcp, transport: tcp-reno}
    traffic:
      - demand: {name: d, rate: 1 Gbps, from: a, to: b}

    """

  @Test func theSoundOneIsSound() throws {
    #expect(try problems(MalformedLossTests.sound).isEmpty)
  }

  @Test(arguments: [
    (
      "buffer: 2 MB", "loss: 1.5", "s.yaml:5:",
      "found 1.5, expected a part of all packets from 0 to 1"
    ),
    ("buffer: 2 MB", "loss: -0.1", "s.yaml:5:", "found -0.1, expected a part of all packets"),
    ("buffer: 2 MB", "loss: nan", "s.yaml:5:", "expected a finite decimal number"),
    ("buffer: 2 MB", "buffer: 0 B", "s.yaml:5:", "expected more than zero"),
    ("buffer: 2 MB", "buffer: 2", "s.yaml:5:", "expected an amount of data with a unit"),
    ("buffer: 2 MB", "buffer: 1 kB", "s.yaml:5:", "found a buffer smaller than a packet"),
    ("buffer: 2 MB", "headroom: 3 MB", "s.yaml:5:", "found a headroom larger than the buffer"),
    ("buffer: 2 MB", "queueing: lifo", "s.yaml:5:", "known: fifo, priority"),
    ("buffer: 2 MB", "mark_at: 20 %", "s.yaml:5:", "found mark_at with signal: drop"),
    ("buffer: 2 MB", "packet_variation: -1", "s.yaml:5:", "expected a variation from 0 to 100"),
    ("port: {buffer: 2 MB}", "port: deep", "s.yaml:5:", "deep-buffer"),
    ("buffer: 2 MB", "bufer: 2 MB", "s.yaml:5:", "did you mean \"buffer\"?"),
    ("tcp-reno", "tcp", "s.yaml:7:", "known: ideal, tcp-reno, tcp-cubic, bbr, rocev2-go-back-n"),
    ("transport: tcp-reno", "window: 1 MB", "s.yaml:7:", "a window with transport: ideal"),
    ("transport: tcp-reno", "packet: 1 kB", "s.yaml:7:", "a packet with transport: ideal"),
    ("tcp-reno", "tcp-reno, window: 1 kB", "s.yaml:7:", "found a window smaller than a packet"),
    ("rate: 1 Gbps, ", "", "s.yaml:9:", "demand.rate: the key is missing"),
    ("from: a, to: b}\n", "from: a}\n", "s.yaml:9:", "found from without to, expected both"),
    ("to: b}\n", "to: x}\n", "s.yaml:9:", "unknown node \"x\""),
    ("to: b}\n", "to: a}\n", "s.yaml:9:", "as both ends"),
    ("to: b}\n", "to: b, daily: []}\n", "s.yaml:9:", "found 0 factors"),
    ("to: b}\n", "to: b, daily: [1, 1, 1, 1, 1, 1, 1]}\n", "s.yaml:9:", "divides a day"),
    ("to: b}\n", "to: b, daily: [1, -1]}\n", "s.yaml:9:", "a factor below 0"),
    ("to: b}\n", "to: b, start: 2 s, stop: 1 s}\n", "s.yaml:9:", "a stop that is not after start"),
    ("to: b}\n", "to: b, takes: behind}\n", "s.yaml:9:", "known: ahead, beside"),
    ("to: b}\n", "to: b, path: [l]}\n", "s.yaml:9:", "exactly one"),
    ("from: a, to: b}\n", "paths: []}\n", "s.yaml:9:", "expected at least one path"),
    ("from: a, to: b}\n", "paths: [{links: [k]}]}\n", "s.yaml:9:", "unknown link \"k\""),
    ("from: a, to: b}\n", "paths: [{weight: 1}]}\n", "s.yaml:9:", "links: the key is missing"),
    (
      "from: a, to: b}\n", "paths: [{links: [l]}, {links: ['l:back']}]}\n", "s.yaml:9:",
      "found a path between other nodes than the first"
    ),
    ("duration: 10 s\n", "", "s.yaml:8:", "never ends"),
  ])
  func everyFlawIsSaidWhereItStands(old: String, new: String, place: String, text: String) throws {
    let found = try problems(MalformedLossTests.sound.replacing(old, with: new))
      .joined(separator: "\n")
    #expect(found.contains(text), "\(found)")
    #expect(found.contains(place), "\(found)")
  }

  @Test func lossWithoutAnythingThatIsLostIsAnError() throws {
    let text = """
      scenario: s
      network: {links: [{name: l, capacity: 1 Gbps}]}
      loss: {every: 1 s}
      traffic: [{flows: [{flow: f, path: [l], size: 1 GB}]}]

      """
    #expect(
      try problems(text).joined(separator: "\n").contains(
        "s.yaml:3:7: loss: found loss without anything"))
  }
}
