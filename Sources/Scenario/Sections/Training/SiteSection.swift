// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic

/// A site of a training job: hosts of a fabric that has a way out.
struct SiteSection: Section {
  var origin = Origin.none
  var fabric = Written(Name(""))
  var firstHost = Written(0)
  var hosts: Written<Positive<Int>>?

  static let shape = Shape<SiteSection>(
    "Hosts of one fabric that work with those of others.",
    fields: [
      .required("fabric", \.fabric, "The fabric; it needs an exit."),
      .defaulted("first_host", \.firstHost, "The first of the hosts, counted from 0."),
      .optional("hosts", \.hosts, "The number of hosts; all from the first on if absent."),
    ])
}

extension SiteSpread: Choice {}

extension SiteSplit: Choice {}

/// The path from a fabric to a node of the network.
struct ExitSection: Section {
  var origin = Origin.none
  var node = Written(Name(""))
  var rate: Positive<BitsPerSecond>?
  var convergence: Positive<Double>?

  static let shape = Shape<ExitSection>(
    "The link from a fabric to a node of the network, as fast as all its cards if nothing is said.",
    shorthand: "node",
    fields: [
      .required("node", \.node, "The node at which the fabric stands."),
      .optional("rate", \.rate, "What it carries each way."),
      .optional(
        "convergence", \.convergence, "The rate of all cards of the fabric over that of the exit."),
    ],
    rules: [.atMostOne(["rate", "convergence"])])
}
