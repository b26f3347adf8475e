// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

extension LinkAccount {
  /// What a watch has come to by now.
  init(_ probe: LinkProbe, of world: World) {
    let rise = LinkRise(probe.history)
    let loads = world.load(on: probe.link)
    let name = world.model.topology[probe.link].name
    let capacity = world.links.effectiveCapacity(of: Int(probe.link.index))
    let asked = loads.reduce(0) { $0 + $1.rate }
    self.init(
      link: name, at: world.now, capacity: capacity, asked: asked, state: .used,
      since: probe.history.begin(of: rise.since.lowerBound),
      useSince: probe.history.use(of: rise.since))
    before = (rise.before ?? rise.higher).map { Before($0, of: probe.history) }
    state =
      capacity <= 0 ? .down : use > LinkMeter.busy ? .full : asked > 0 ? .used : .idle
    let causes = LinkCauses(probe: probe, rise: rise, world: world)
    if state == .down {
      self.causes = [causes.down(of: probe.link)]
      since = self.causes[0].at ?? since
    } else {
      self.causes = asked > 0 ? causes.all : []
      since = snapped(since, length: probe.history.length)
    }
    users = Self.users(loads, rise, world)
    groups = Self.groups(loads, rise, world)
    hours = Self.hours(probe.history, world)
  }

  private static func users(_ loads: [LinkLoad], _ rise: LinkRise, _ world: World) -> [Use] {
    let then = rise.before.map { rise.history.rates(in: $0).users }
    let uses = loads.map { load in
      Use(
        user: world.user(load.key), rate: load.rate,
        rateBefore: then.map { $0[load.key]?.rate ?? 0 } ?? .nan, flows: load.flows)
    }
    return uses.sorted { ($1.rate, $0.user.order) < ($0.rate, $1.user.order) }
  }

  private static func groups(_ loads: [LinkLoad], _ rise: LinkRise, _ world: World) -> [Use] {
    var groups: [LinkUser: Use] = [:]
    func add(_ key: LinkUserKey, _ change: (inout Use) -> Void) {
      var user = world.user(key)
      (user.from, user.to) = ("", "")
      change(
        &groups[
          user,
          default: Use(user: user, rate: 0, rateBefore: rise.before == nil ? .nan : 0, flows: 0)])
    }
    for load in loads {
      add(load.key) { use in
        use.rate += load.rate
        use.flows += load.flows
        use.pairs += 1
      }
    }
    if let before = rise.before {
      for (key, mean) in rise.history.rates(in: before).users.inOrder {
        add(key) { $0.rateBefore += mean.rate }
      }
    }
    return groups.values.sorted { ($1.rate, $0.user.order) < ($0.rate, $1.user.order) }
  }

  private static func hours(_ history: LinkHistory, _ world: World) -> [Hour] {
    let hour: Int64 = 3_600_000_000_000
    let perHour = max(1, Int(hour / history.length.nanoseconds))
    // A run of less than some hours is told in twelfths of itself.
    let places = min(perHour, max(1, (history.spans.count + 11) / 12))
    return stride(from: 0, to: history.spans.count, by: places).map { first in
      Hour(history, first..<min(first + places, history.spans.count), world)
    }
  }

  /// The instant of the cause that falls into the span in which it began.
  private func snapped(_ since: SimTime, length: SimDuration) -> SimTime {
    let near = causes.flatMap { [$0.at, $0.until] }.compactMap(\.self).filter {
      $0 + length >= since && $0 <= since + length
    }
    return near.min() ?? since
  }
}

extension LinkAccount.Before {
  fileprivate init(_ places: Range<Int>, of history: LinkHistory) {
    self.init(
      from: history.begin(of: places.lowerBound), to: history.begin(of: places.upperBound),
      use: history.use(of: places))
  }
}

extension LinkAccount.Hour {
  fileprivate init(_ history: LinkHistory, _ places: Range<Int>, _ world: World) {
    let rates = history.rates(in: places)
    let seconds = places.reduce(0) { $0 + history.seconds(of: $1) }
    let full = places.filter { history.use(of: $0) > LinkMeter.busy }
    self.init(
      from: history.begin(of: places.lowerBound), use: history.use(of: places),
      full: seconds > 0 ? full.reduce(0) { $0 + history.seconds(of: $1) } / seconds : 0)
    var kinds: [LinkUser: Double] = [:]
    for (key, use) in rates.users.inOrder {
      var user = world.user(key)
      (user.from, user.to, user.around) = ("", "", nil)
      kinds[user, default: 0] += use.rate
    }
    let all = rates.users.inOrder.reduce(0) { $0 + $1.value.rate }
    most = kinds.max { ($0.value, $1.key.order) < ($1.value, $0.key.order) }
      .flatMap { all > 0 ? ($0.key, $0.value / all) : nil }
  }
}

extension LinkUser {
  /// A fixed order, which a dictionary does not have.
  var order: String { "\(what)/\(from)/\(to)/\(trafficClass)/\(around ?? "")" }
}
