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

  /// Channels, each behind its two transceivers where these have a price of their own.
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
      guard channels.transceiver > 0 else { return [item] }
      return [
        item,
        .init(
          kind: .transceivers, place: link.name, count: 2 * item.count,
          price: channels.transceiver, reason: "both ends of each channel"),
      ]
    }
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

  /// What tenths of the build are worth while nothing is out of order.
  func curve(
    _ found: YearPlan, _ screen: BuildScreen, _ site: BuildSite
  ) -> [YearPlan.CurvePoint] {
    guard !found.items.isEmpty else { return [] }
    return (0...10).map { tenths in
      var build = existing
      build.fibres = found.build.fibres
      var cost = 0.0
      for item in found.items {
        let count = item.count(inTenths: tenths)
        cost += Double(count) * item.price
        switch item.kind {
        case .channels: build.channels[item.place, default: 0] += count
        case .nodes: build.nodes[item.place, default: 0] += count
        case .lines: build.lines[item.place, default: 0] += count
        case .transceivers, .fibre, .amplifiers, .accelerators, .regenerators: break
        }
      }
      let part = BuildScreen(plan, site, nodes: build.nodes, failures: false)
      let state = part.screening.state(under: .none, part.limits(build))
      return .init(
        cost: cost, loss: part.value(of: .loss(0, ofClass: nil), [("", state)]) ?? 0,
        refused: part.value(of: .refused(0), [("", state)]) ?? 0)
    }
  }
}

extension YearPlan.Item {
  /// How many there are of it in some tenths of a build; fibres are there in all of them.
  fileprivate func count(inTenths tenths: Int) -> Int {
    switch kind {
    case .fibre, .amplifiers: count
    case .transceivers: 2 * ((count / 2 * tenths + 9) / 10)
    case .channels, .nodes, .lines, .accelerators, .regenerators: (count * tenths + 9) / 10
    }
  }
}
