// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator

extension YearSearch {
  func items(
    _ build: Build, _ needs: (lit: [Need], own: [Int: Need]), _ site: BuildSite
  ) -> [YearPlan.Item] {
    let lines = needs.own.sorted { $0.key < $1.key }.compactMap { index, need in
      item(
        .lines, site.model.topology.links[index].name, build.lines, existing.lines,
        plan.lines?.price, need.reason)
    }
    let nodes = build.nodes.keys.sorted().compactMap { name in
      item(
        .nodes, name, build.nodes, existing.nodes, plan.nodes?.price, "tokens that are asked for")
    }
    return fibres(build, site) + nodes + channels(build, needs.lit, site) + lines
  }

  /// Channels and what stands by for them, each behind its two transceivers where these have a price
  /// of their own.
  private func channels(
    _ build: Build, _ needs: [Need], _ site: BuildSite
  ) -> [YearPlan.Item] {
    guard let channels = plan.channels else { return [] }
    return zip(site.model.light.links, needs).flatMap { link, need -> [YearPlan.Item] in
      let own = channels.price - 2 * channels.transceiver
      guard
        let item = item(
          .channels, link.name, build.channels, existing.channels, own, need.reason)
      else { return [] }
      let lit = link.protection.lightpathsLit == 1 ? [item] : [item, standby(of: item)]
      guard channels.transceiver > 0 else { return lit }
      let ends = lit.map {
        YearPlan.Item(
          kind: .transceivers, place: link.name, count: 2 * $0.count, price: channels.transceiver,
          reason: $0.kind == .standby ? "both ends of each standby" : "both ends of each channel")
      }
      return lit + ends
    }
  }

  /// The second lightpath of each channel with `1+1`.
  private func standby(of channels: YearPlan.Item) -> YearPlan.Item {
    var item = channels
    item.kind = .standby
    item.reason = "each channel is lit on a second route too (1+1)"
    return item
  }

  /// New fibres, with an amplifier behind each span each way.
  private func fibres(_ build: Build, _ site: BuildSite) -> [YearPlan.Item] {
    plan.fibres.filter {
      build.fibres.contains($0.name) && !existing.fibres.contains($0.name)
    }.flatMap { fibre -> [YearPlan.Item] in
      let laid = YearPlan.Item(
        kind: .fibre, place: fibre.name, count: 1, price: fibre.price,
        reason: "the levels hold, or the whole is cheaper, with it")
      let plant = site.model.light.plant.fibres.first { $0.name == fibre.name }
      guard plan.amplifier > 0, let plant else { return [laid] }
      return [
        laid,
        .init(
          kind: .amplifiers, place: fibre.name, count: 2 * plant.section.spanCount,
          price: plan.amplifier, reason: "one behind each span, each way"),
      ]
    }
  }

  private func item(
    _ kind: YearPlan.Item.Kind, _ place: String, _ now: [String: Int], _ before: [String: Int],
    _ price: Double?, _ reason: String
  ) -> YearPlan.Item? {
    let more = (now[place] ?? 0) - (before[place] ?? 0)
    guard more > 0, let price else { return nil }
    return .init(kind: kind, place: place, count: more, price: price, reason: reason)
  }
}
