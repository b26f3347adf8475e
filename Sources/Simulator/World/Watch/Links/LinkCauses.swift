// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel

/// Names what made a link fuller than it was.
struct LinkCauses {
  let probe: LinkProbe
  let rise: LinkRise
  let world: World

  /// What brings less than this part of the whole is left out, and so are all but a few.
  private static let leastShare = 0.1
  private static let most = 5
  /// Who sent less than this part of what it sends now was not there before.
  private static let newcomer = 0.1

  /// The causes, the largest first.
  var all: [LinkCause] { comeback ?? risen }

  /// Where the link came back as the rise began: that, and what there is more than before it went down.
  private var comeback: [LinkCause]? {
    let name = world.model.topology[probe.link].name
    let (begin, length) = (rise.history.begin(of: rise.since.lowerBound), rise.history.length)
    let own = probe.notes.filter { $0.subject == name }
    guard rise.before != nil,
      let up = own.last(where: { $0.kind == .linkUp }), up.at + length >= begin,
      up.at <= begin + length,
      let down = own.last(where: { $0.kind == .linkDown && $0.at < up.at })
    else { return nil }
    let all = rise.history.rates(in: rise.since).users.inOrder.reduce(0) { $0 + $1.value.rate }
    var back = LinkCause(kind: .back, subject: name, rate: all, rateBefore: .nan, share: 1)
    self.name(&back, whatHappened(at: down.at, to: probe.link), down.at)
    back.until = up.at
    let before = rise.places(before: Int(down.at.nanoseconds / length.nanoseconds))
    guard !before.isEmpty, rise.isLess(in: before) else { return [back] }
    back.share = rise.history.use(of: before) / rise.history.use(of: rise.since)
    back.rate *= back.share
    let other = LinkRise(rise.history, since: rise.since, before: before)
    let others = LinkCauses(probe: probe, rise: other, world: world).risen.map { cause in
      var cause = cause
      cause.share *= 1 - back.share
      return cause
    }
    return ([back] + others).filter { $0.share >= Self.leastShare }
      .sorted { ($1.share, $0.subject) < ($0.share, $1.subject) }
  }

  private var risen: [LinkCause] {
    let effects = rise.effects()
    let now = rise.history.rates(in: rise.since)
    let then = rise.before.map { rise.history.rates(in: $0) }
    var found = groups(effects.users, now.users, then?.users ?? [:])
    if let then, effects.capacity > 0 {
      var cause = LinkCause(
        kind: .capacity, subject: world.model.topology[probe.link].name, rate: now.capacity,
        rateBefore: then.capacity, share: effects.capacity)
      if let change = lastLoss { name(&cause, whatHappened(at: change, to: probe.link), change) }
      found.append(cause)
    }
    let raise = found.reduce(0) { $0 + max(0, $1.share) }
    guard raise > 0 else { return [] }
    for index in found.indices { found[index].share /= raise }
    let large = found.filter { $0.share >= Self.leastShare }
    return Array(
      large.sorted { ($1.share, $0.subject) < ($0.share, $1.subject) }.prefix(Self.most))
  }

  /// Users by what sent them: the traffic, or the link that they go around.
  private func groups(
    _ effects: [LinkUserKey: Double], _ now: [LinkUserKey: MeanUse], _ then: [LinkUserKey: MeanUse]
  ) -> [LinkCause] {
    var groups: [String: LinkCause] = [:]
    var largest: [String: Double] = [:]
    for (key, effect) in effects.inOrder {
      let user = world.user(key)
      let isDetour = user.around != nil
      let subject = user.around ?? user.what
      let place = "\(isDetour)/\(subject)"
      var group =
        groups[place]
        ?? LinkCause(
          kind: isDetour ? .detour : .growth, subject: subject, rate: 0, rateBefore: 0, share: 0)
      group.rate += now[key]?.rate ?? 0
      group.rateBefore += then[key]?.rate ?? 0
      group.share += effect
      let pair = "\(user.from)-\(user.to)"
      if !user.from.isEmpty, (effect, pair) > (largest[place] ?? 0, group.pair ?? "") {
        (largest[place], group.pair) = (effect, pair)
      }
      groups[place] = group
    }
    return groups.values.map(named)
  }

  private func named(_ group: LinkCause) -> LinkCause {
    var cause = group
    if cause.kind == .detour {
      let link = world.model.topology.links.firstIndex { $0.name == cause.subject }
      if let link, let at = lastDown(of: cause.subject) {
        name(&cause, whatHappened(at: at, to: LinkID(index: link)), at)
        cause.until =
          probe.notes.first { $0.kind == .linkUp && $0.subject == cause.subject && $0.at > at }?.at
      }
    } else if rise.before == nil {
      cause.kind = rise.isSinceStart ? .start : .steady
      cause.rateBefore = .nan
    } else if cause.rateBefore < Self.newcomer * cause.rate {
      (cause.kind, cause.at) = (.start, firstSeen(cause.subject))
    }
    return cause
  }

  private func name(_ cause: inout LinkCause, _ event: String?, _ at: SimTime) {
    (cause.at, cause.event) = (at, event)
  }

  /// The link is down: since when and why.
  func down(of link: LinkID) -> LinkCause {
    let name = world.model.topology[link].name
    var cause = LinkCause(kind: .down, subject: name, rate: 0, rateBefore: .nan, share: 1)
    if let at = lastDown(of: name) { self.name(&cause, whatHappened(at: at, to: link), at) }
    return cause
  }

  // MARK: - Events

  /// When a link last went down.
  private func lastDown(of name: String) -> SimTime? {
    probe.notes.last { $0.kind == .linkDown && $0.subject == name }?.at
  }

  /// When the link last came to carry less, since it was used less.
  private var lastLoss: SimTime? {
    let from = rise.before.map { rise.history.begin(of: $0.lowerBound) } ?? .zero
    let all = probe.capacities
    let place = all.indices.dropFirst().last {
      all[$0].capacity < all[$0 - 1].capacity && all[$0].at >= from
    }
    return place.map { all[$0].at }
  }

  /// The fault or the change of light that came with a change of a link.
  private func whatHappened(at instant: SimTime, to link: LinkID) -> String? {
    let notes = probe.notes.filter { $0.at == instant }
    if let fault = notes.first(where: { $0.isFault }) { return fault.text }
    guard let lit = world.loss.litLinks[Int(link.index)] else { return nil }
    let name = world.model.light.links[lit].name
    // What has stopped carrying is dark once it is torn down.
    let end = instant + world.model.light.teardown
    let dark = probe.notes.count {
      $0.at == end && $0.kind == .lightpathDark && $0.detail == name
    }
    return dark > 0 ? "\(EventsTable.Kind.lightpathDark.rawValue) \(dark)" : nil
  }

  /// The begin of the first span of those since `before` in which traffic was there.
  private func firstSeen(_ subject: String) -> SimTime? {
    let from = rise.before?.upperBound ?? 0
    let place = (from..<rise.since.upperBound).first { place in
      rise.history.spans[place].uses.contains {
        $0.value.rate > 0 && world.user($0.key).what == subject
      }
    }
    return place.map { rise.history.begin(of: $0) }
  }
}

extension LinkProbe.Note {
  fileprivate var isFault: Bool {
    switch kind {
    case .fibreCut, .amplifierFails, .transponderFails: true
    default: false
    }
  }

  fileprivate var text: String { "\(kind.rawValue) \(subject)" }
}
