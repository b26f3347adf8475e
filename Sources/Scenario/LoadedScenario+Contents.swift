// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator

extension LoadedScenario {
  /// So many things of a kind, named in the singular, and what they are made up of.
  public struct Content: Equatable, Sendable {
    public var count: Int
    public var noun: String
    public var parts: [Content] = []
  }

  /// All that the scenario has, kind by kind; what it has none of is left out.
  public var contents: [Content] {
    let all =
      networkContents
      + [
        Content(count: resolved.classes.count, noun: "class"),
        Content(count: resolved.traffic.count, noun: "traffic source", parts: trafficContents),
        Content(count: requestSources.count, noun: "request source", parts: requestContents),
        Content(count: resolved.events.count, noun: "event", parts: eventContents),
      ]
    return all.filter { $0.count > 0 }
  }

  private var networkContents: [Content] {
    let lit = resolved.light?.links.count ?? 0
    let given = model.topology.links.count
    return [
      Content(count: model.topology.nodes.count, noun: "node"),
      Content(count: model.light.plant.fibres.count, noun: "fibre"),
      Content(
        count: given, noun: "link",
        parts: lit > 0 ? [Content(count: 2 * lit, noun: "direction of light")] : []),
      Content(count: resolved.network.fabrics.count, noun: "fabric"),
    ]
  }

  private var trafficContents: [Content] {
    let traffic = resolved.traffic
    func content(_ noun: String, _ isOne: (TrafficSection) -> Bool) -> Content {
      Content(count: traffic.count(where: isOne), noun: noun)
    }
    let flows = traffic.reduce(0) { $0 + ($1.flows?.count ?? 0) }
    let transfers = traffic.reduce(0) { $0 + ($1.transfers?.count ?? 0) }
    let parts = [
      content("trace") { $0.trace != nil },
      Content(
        count: traffic.count { $0.flows != nil }, noun: "list",
        parts: [Content(count: flows, noun: "flow")]),
      content("generator") { $0.generate.map { $0.transfers == nil } ?? false },
      content("demand") { $0.demand != nil }, content("source of tokens") { $0.tokens != nil },
      content("inference service") { $0.inference != nil },
      content("training job") { $0.training != nil },
      content("source of elastic flows") { $0.elastic != nil },
      Content(
        count: traffic.count { $0.transfers != nil }, noun: "list",
        parts: [Content(count: transfers, noun: "transfer")]),
      content("generator of transfers") { $0.generate?.transfers != nil },
    ]
    return parts.filter { $0.count > 0 }
  }

  private var requestSources: [RequestsSection] { resolved.light?.requests ?? [] }

  private var requestContents: [Content] {
    let listed = requestSources.reduce(0) { $0 + ($1.list?.count ?? 0) }
    let parts = [
      Content(
        count: requestSources.count { $0.list != nil }, noun: "list",
        parts: [Content(count: listed, noun: "request")]),
      Content(count: requestSources.count { $0.trace != nil }, noun: "trace"),
      Content(count: requestSources.count { $0.generate != nil }, noun: "generator"),
    ]
    return parts.filter { $0.count > 0 }
  }

  private var eventContents: [Content] {
    let events = resolved.events
    func content(_ noun: String, _ isOne: (EventSection) -> Bool) -> Content {
      Content(count: events.count(where: isOne), noun: noun)
    }
    let parts = [
      content("cut") { $0.cut != nil }, content("mend") { $0.mend != nil },
      content("failure") { $0.fail != nil }, content("repair") { $0.repair != nil },
      content("change of capacity") { $0.capacity != nil },
      content("amplifier failure") { $0.amplifier != nil },
      content("transponder failure") { $0.transponder != nil },
    ]
    return parts.filter { $0.count > 0 }
  }
}
