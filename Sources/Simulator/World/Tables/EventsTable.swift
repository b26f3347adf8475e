// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
public import Results

/// `events.csv`: what happened to fibres, lightpaths and links, and to the flows on them.
public enum EventsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.events]

  public static let schema = TableSchema(
    file: "events.csv",
    about: "What happened to fibres, lightpaths and links, and to flows on them, in order of time.",
    columns: [
      Column("time_s", .number, unit: "s", about: "The instant."),
      Column("event", .string, about: "What happened: " + Kind.list + "."),
      Column(
        "subject", .string, about: "The fibre, link, lightpath, request, flow or transfer."),
      Column("detail", .string, about: "What it came from, or where it led; may be empty."),
    ])

  /// What can happen.
  enum Kind: String, CaseIterable {
    case fibreCut = "fibre-cut"
    case fibreMended = "fibre-mended"
    case amplifierFails = "amplifier-fails"
    case amplifierRepaired = "amplifier-repaired"
    case transponderFails = "transponder-fails"
    case transponderRepaired = "transponder-repaired"
    case lightpathLit = "lightpath-lit"
    case lightpathDark = "lightpath-dark"
    case lightpathBlocked = "lightpath-blocked"
    case lightpathLost = "lightpath-lost"
    case lightpathSwitched = "lightpath-switched"
    case lightpathBack = "lightpath-back"
    case linkDown = "link-down"
    case linkUp = "link-up"
    case flowStrands = "flow-strands"
    case flowBreaks = "flow-breaks"
    case flowRefused = "flow-refused"
    case floorBroken = "floor-broken"
    case floorBack = "floor-back"
    case reservationMade = "reservation-made"
    case reservationRefused = "reservation-refused"
    case reservationBreaks = "reservation-breaks"

    static var list: String { allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ") }
  }
}

extension TableWriter<EventsTable> {
  func append(
    _ kind: EventsTable.Kind, _ subject: String, _ detail: String, at time: SimTime
  ) throws(RunError) {
    rows.append(nanosecondsAsSeconds: time.nanoseconds)
    rows.append(kind.rawValue)
    rows.append(subject)
    rows.append(detail)
    try endRow()
  }
}

extension World {
  /// Whether somebody reads what is noted.
  var isNoted: Bool { tables.events != nil || linkProbe != nil }

  /// Notes what happened, where somebody wants to read it.
  func note(
    _ kind: EventsTable.Kind, _ subject: String, _ detail: String = ""
  ) throws(RunError) {
    linkProbe?.note(kind, subject, detail, at: now)
    guard tables.events != nil else { return }
    try tables.events?.append(kind, subject, detail, at: now)
  }
}

extension Outputs.Kind {
  public static let events = Outputs.Kind("events")
}
