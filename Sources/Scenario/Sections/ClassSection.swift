// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// A class of flows.
struct ClassSection: Section {
  var origin = Origin.none
  var name = Written(Name(""))
  var weight = Positive(1.0)
  var floor = BitsPerSecond.zero
  var ceiling: Written<Positive<BitsPerSecond>>?
  var priority = 0
  var onFailure = FailureResponse.wait
  var patience = TrafficClass.standardPatience
  var transport = Written(Transport.Kind.ideal)
  var window: Written<Positive<Bytes>>?
  var packet: Written<Positive<Bytes>>?
  var timeout: Written<Positive<SimDuration>>?
  var sack: Written<Bool>?

  static let shape = Shape<ClassSection>(
    "The terms on which the flows of a class share bandwidth.",
    fields: [
      .required("name", \.name, "The name of the class, different from all others."),
      .defaulted("weight", \.weight, "The share of each flow in relation to its neighbours."),
      .defaulted(
        "floor", \.floor,
        "What each flow gets before the rest is shared by weight, whatever is lost on its way."),
      .optional("ceiling", \.ceiling, "What no flow exceeds; without it there is no limit."),
      .defaulted(
        "priority", \.priority, "Classes of a higher number are served first, strictly."),
      .defaulted(
        "on_failure", \.onFailure,
        "What flows do on a link that is down: wait for it, move to another route, or break off."),
      .defaulted("patience", \.patience, "The time after which they move or break off."),
      .defaulted("transport", \.transport, "How the ends of a flow answer to loss and delay."),
      .optional(
        "window", \.window,
        "The most that a flow has under way and not acknowledged; without it, all it takes."),
      .optional(
        "packet", \.packet,
        "What a packet of it carries: 1448 B for TCP, 4096 B for RDMA where not given."),
      .optional(
        "timeout", \.timeout,
        "The least time until what nobody acknowledges is sent again: 200 ms for TCP and BBR, as in Linux "
          + "(RFC 6298 has 1 s), 100 us for RDMA where not given."),
      .optional(
        "sack", \.sack,
        "Whether receivers of TCP tell what has come behind a hole (true), so that time-outs are few."
      ),
    ])
}

extension FailureResponse: Choice {}

extension Transport.Kind: Choice {}
