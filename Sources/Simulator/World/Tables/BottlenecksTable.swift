// SPDX-License-Identifier: GPL-3.0-or-later

public import Results

/// `bottlenecks.csv`: for how long each link, or its own ceiling, held each class back.
public enum BottlenecksTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.bottlenecks]

  public static let schema = TableSchema(
    file: "bottlenecks.csv",
    about: "What held the flows of a class back, one link or ceiling a row, the longest first.",
    columns: [
      Column("class", .string, about: "The traffic class."),
      Column(
        "limit", .string,
        about:
          """
          `link` where it was full, `failure` where it was down, `buffer` where no more fits in its \
          buffer without loss, `loss` for a sender that slows down for losses there, `window` for \
          what may be under path, `ceiling` for the class's own, `schedule` for that of flows which a \
          policy orders, or for less that a program grants them.
          """),
      Column("link", .string, about: "The link's name; empty for a ceiling and a window."),
      Column(
        "cause", .string, about: "Why packets are lost there; only with `loss`."),
      Column(
        "flow_s", .number, unit: "s",
        about: "The time for which it held flows back, summed over the flows."),
      Column(
        "share", .number, about: "That time as a part of all time between first byte and last."),
    ])

  /// What held a class back.
  public enum Limit: String, Sendable {
    /// A full link.
    case link
    /// A link that was down.
    case failure
    /// A link whose buffer takes no more without loss.
    case buffer
    /// Losses that a sender slows down for.
    case loss
    /// What may be under way at once.
    case window
    /// The class's own ceiling.
    case ceiling
    /// What a policy that orders elastic flows grants them: their ceiling, or what is left for
    /// them.
    case schedule
  }

  /// One row.
  public struct Row: Equatable, Sendable {
    public var trafficClass: String
    public var limit: Limit
    /// Nil where it is no link.
    public var link: String?
    public var cause: LossCause?
    public var flowSeconds: Double
    public var share: Double
  }
}

extension TableWriter<BottlenecksTable> {
  func append(_ row: BottlenecksTable.Row) throws(RunError) {
    rows.append(row.trafficClass)
    rows.append(row.limit.rawValue)
    rows.append(row.link ?? "")
    rows.append(row.cause?.rawValue ?? "")
    rows.append(row.flowSeconds)
    rows.append(row.share)
    try endRow()
  }
}

extension BottlenecksTable {
  /// What held flows back for longest.
  static func shown(_ rows: [Row]) -> Listing {
    var listing = Listing(["what held flows back", "class", "share of time"])
    for row in rows.prefix(ShownSections.mostRows) {
      listing.append([.text(row.words), .text(row.trafficClass), .share(row.share)])
    }
    return listing
  }
}

extension BottlenecksTable.Row {
  fileprivate var words: String {
    let link = link ?? ""
    return switch limit {
    case .link: link
    case .failure: link + ", down"
    case .buffer: link + ", its buffer"
    case .loss: link + ", its losses"
    case .window: "their window"
    case .ceiling: "their own ceiling"
    case .schedule: "what scheduling grants"
    }
  }
}

extension Outputs.Kind {
  public static let bottlenecks = Outputs.Kind("bottlenecks")
}
