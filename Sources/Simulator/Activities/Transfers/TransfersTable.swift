// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
public import Results
internal import Text

/// `transfers.csv`: one transfer a row.
public enum TransfersTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.transfers]

  public static let schema = TableSchema(
    file: "transfers.csv",
    about: "One transfer a row, in the order in which they asked for their windows.",
    columns: [
      Column("transfer", .string, about: "The transfer's name."),
      Column("class", .string, about: "Its traffic class."),
      Column(
        "source", .string, about: "The node it leaves from; empty where only a path is known."),
      Column("target", .string, about: "The node it goes to; empty where only a path is known."),
      Column("bytes", .number, unit: "B", about: "Its size."),
      Column("asked_s", .number, unit: "s", about: "The instant from which it was known."),
      Column("start_s", .number, unit: "s", about: "The instant from which it could start."),
      Column(
        "reservation", .string,
        about: "What became of its window: `none` (it asked for none), `held`, `broken` (by a "
          + "failure, at least once, or given back as a job was late) or `refused`."),
      Column(
        "window_start_s", .number, unit: "s",
        about: "The instant from which links carry it in its last window; empty without one."),
      Column("window_end_s", .number, unit: "s", about: "The end of that window."),
      Column("rate_bps", .number, unit: "bit/s", about: "The rate of that window."),
      Column("path", .string, about: "The links of that window, joined by `;`."),
      Column(
        "deadline_s", .number, unit: "s",
        about: "The instant by which its last byte was to be there; empty where it has none."),
      Column(
        "finish_s", .number, unit: "s",
        about: "The instant of its last byte; empty for one that has not arrived."),
      Column(
        "state", .string,
        about: "How far it is at the end: `planned`, `booked`, `sending`, `arrived`, `dropped`."),
      Column(
        "reason", .string,
        about: "Why it was refused last: `no-route`, `late` (no time left), `slow` (faster than "
          + "its own limit), `narrow` (more than a link may carry), `full`; else empty."),
      Column("reason_link", .string, about: "The link that is `narrow` or `full`."),
      Column(
        "reason_at_s", .number, unit: "s",
        about: "The first instant at which least of the link that is `full` is free."),
      Column("breaks", .integer, about: "How often a window of it was broken."),
    ])
}

extension TableWriter<TransfersTable> {
  func append(_ transfer: TransferOutcome) throws(RunError) {
    rows.append(transfer.name)
    rows.append(transfer.trafficClass)
    rows.append(transfer.source)
    rows.append(transfer.target)
    rows.append(transfer.bytes)
    append(transfer.asked)
    append(transfer.start)
    rows.append(transfer.reservation.rawValue)
    append(transfer.window?.start)
    append(transfer.window?.end)
    if let window = transfer.window {
      rows.append(window.rate.value)
    } else {
      rows.appendAbsent()
    }
    rows.append(transfer.window?.path ?? "")
    append(transfer.deadline)
    append(transfer.finish)
    rows.append(transfer.state)
    rows.append(transfer.reason)
    rows.append(transfer.reasonLink)
    append(transfer.reasonAt)
    rows.append(Int64(transfer.breaks))
    try endRow()
  }
}

extension Transfers {
  /// How transfers fared, by what became of their windows.
  func shown(_ tally: TransferTally) -> Listing {
    var listing = Listing([
      "transfers", "made", "size", "arrived", "with deadline", "in time", "missed", "mean rate",
    ])
    for kind in TransferOutcome.ReservationOutcome.allCases {
      let some = tally[kind]
      guard some.made > 0 else { continue }
      listing.append([
        .text(kind.words), .number(some.made), .size(bytes: some.bytes), .number(some.arrived),
        .number(some.due), part(some.inTime, of: some.due), part(some.missed, of: some.due),
        some.seconds > 0 ? .rate(some.bitsArrived / some.seconds) : .absent,
      ])
    }
    return listing
  }

  /// The largest transfers that were refused a window, and why.
  func shownRefusals(_ tally: TransferTally) -> Listing {
    var listing = Listing(["refused a window", "size", "for", "link", "fullest from", "went"])
    for row in tally.refused {
      listing.append([
        .text(row.name), .size(bytes: row.bytes), .text(row.reason),
        row.reasonLink.isEmpty ? .absent : .text(row.reasonLink),
        row.reasonAt.map { .seconds($0.seconds) } ?? .absent,
        .text(row.state == "dropped" ? "not at all" : "as a flow"),
      ])
    }
    return listing
  }

  private func part(_ count: Int, of whole: Int) -> Cell {
    guard whole > 0 else { return .absent }
    let share = formatted(percentOf: Double(count) / Double(whole))
    return .text("\(formatted(number: Double(count))) (\(share))")
  }
}

extension TransferOutcome.ReservationOutcome {
  fileprivate var words: String {
    switch self {
    case .none: "without reservation"
    case .held: "reserved"
    case .broken: "reserved, then broken"
    case .refused: "refused"
    }
  }
}

extension Outputs.Kind {
  public static let transfers = Outputs.Kind("transfers")
}
