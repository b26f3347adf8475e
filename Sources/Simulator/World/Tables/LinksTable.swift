// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
public import Results

/// `links.csv`: for each link and each interval between samples, what it could carry and did.
public enum LinksTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.links, .fabricLinks]

  public static let schema = TableSchema(
    file: "links.csv",
    about: "One link and one interval a row: means since the sample before, in order of time.",
    columns: [
      Column("time_s", .number, unit: "s", about: "The end of the interval."),
      Column(
        "link", .string, about: "The link's name; `:back` marks the way back of a two-way link."),
      Column("capacity_bps", .number, unit: "bit/s", about: "Its mean capacity in the interval."),
      Column("rate_bps", .number, unit: "bit/s", about: "The mean rate that it carried."),
      Column("utilisation", .number, about: "Rate over capacity; empty where that is 0."),
      Column(
        "loss", .number,
        about:
          "The part of packets that is lost just before its end; empty where loss is not looked at."
      ),
      Column(
        "loss_cause", .string,
        about: """
          The greatest cause of it: `overload`, `queue`, `congestion`, `residual` (light near its \
          threshold), `given`, `failure`; empty without any.
          """),
      Column(
        "delay_s", .number, unit: "s",
        about: "The mean time that packets then wait and take to be sent."),
      Column(
        "delay_p99_s", .number, unit: "s", about: "The time that 1 % of packets then exceed."),
      Column(
        "class", .string,
        about:
          "The traffic class that the rate is of, where rows are asked for by class; empty for all."
      ),
    ])
}

extension TableWriter<LinksTable> {
  /// What a link carried of all classes, or of one.
  func append(
    _ interval: LinkInterval, link: String, _ quality: LinkLoss? = nil,
    of trafficClass: String = ""
  ) throws(RunError) {
    rows.append(nanosecondsAsSeconds: interval.end.nanoseconds)
    rows.append(link)
    rows.append(interval.capacity)
    rows.append(interval.rate)
    rows.append(interval.utilisation)
    rows.append(quality?.total ?? .nan)
    rows.append(quality?.worst?.cause.rawValue ?? "")
    rows.append(quality?.delay_s ?? .nan)
    rows.append(quality?.delayP99_s ?? .nan)
    rows.append(trafficClass)
    try endRow()
  }
}

/// What a link could carry and did over an interval, in bits per second.
struct LinkInterval {
  var end: SimTime
  var capacity: Double
  var rate: Double

  /// Rate over capacity; not a number where that is 0.
  var utilisation: Double { capacity > 0 ? rate / capacity : .nan }
}

extension Outputs.Kind {
  public static let links = Outputs.Kind("links")
  /// Ports of fabrics among the links.
  public static let fabricLinks = Outputs.Kind("fabric-links")
}
