// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel

/// The watch on a link: who has used it, and what happened to light and links meanwhile.
struct LinkProbe {
  let link: LinkID
  var history: LinkHistory
  var crossings = LinkCrossings()
  /// What happened to fibres, lightpaths and links.
  private(set) var notes: [Note] = []
  /// What the link could carry from when on.
  private(set) var capacities: [(at: SimTime, capacity: Double)] = []

  struct Note {
    var at: SimTime
    var kind: EventsTable.Kind
    var subject: String
    var detail: String
  }

  /// A look at each instant would cost as much as the run: so many are taken of each span.
  private static let looksOfSpan: Int64 = 16

  /// `end` is as far as the run goes, where anybody knows.
  init(_ link: LinkID, capacity: Double, upTo end: SimTime?) {
    self.link = link
    history = LinkHistory(upTo: end)
    capacities = [(.zero, capacity)]
  }

  /// Whether so much time is untold that it is worth a look.
  func isDue(before now: SimTime) -> Bool { isLong(now - history.end) }

  /// Whether so much can't be taken to have been all alike.
  func isLong(_ time: SimDuration) -> Bool {
    time.nanoseconds * Self.looksOfSpan >= history.length.nanoseconds
  }

  /// The link can carry another amount.
  mutating func noteCapacity(_ capacity: Double, at now: SimTime) {
    if capacity != capacities.last?.capacity { capacities.append((now, capacity)) }
  }

  mutating func note(_ kind: EventsTable.Kind, _ subject: String, _ detail: String, at now: SimTime)
  {
    switch kind {
    case .flowStrands, .flowBreaks, .floorBroken, .floorBack, .reservationMade,
      .reservationRefused, .reservationBreaks:
      return
    default: notes.append(Note(at: now, kind: kind, subject: subject, detail: detail))
    }
  }
}

extension World {
  /// A flow begins, perhaps over the watched link.
  func watchLink(_ record: FlowRecord, bits: Double, on flowClass: FlowClassID) {
    guard let link = linkProbe?.link, flowClasses.route(of: flowClass).links.contains(link) else {
      return
    }
    linkProbe?.history.offer(bits, by: key(of: flowClass, record), at: now)
    linkProbe?.crossings.seen[flowClass.index, default: LinkCrossings.Seen()]
      .kinds[kind(of: record), default: 0] += 1
  }

  /// Looks at what has gone on until an instant, before anything happens in it.
  ///
  /// It reads, and never changes what happens.
  func lookAtLink(before next: SimTime) {
    guard linkProbe?.isDue(before: next) == true else { return }
    // Where nothing happens for long, that begins with the last instant and not with the last look.
    if linkProbe?.isLong(next - now) == true { lookAtLink(upTo: now) }
    lookAtLink(upTo: next)
  }

  private func lookAtLink(upTo now: SimTime) {
    guard let link = linkProbe?.link, let told = linkProbe?.history.end, told < now else { return }
    let capacity = links.effectiveCapacity(of: Int(link.index))
    let uses = passed(over: link, since: told, upTo: now)
    linkProbe?.history.goOn(to: now, capacity: capacity, uses)
  }

  /// The watched link as it is at the end of what has been lived through; nil where none is watched.
  func endLinkWatch() -> LinkAccount? {
    lookAtLink(upTo: now)
    return linkProbe.map { LinkAccount($0, of: self) }
  }
}
