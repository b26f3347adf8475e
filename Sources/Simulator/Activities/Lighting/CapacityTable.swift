// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Light
internal import NetworkModel
public import Results

/// `capacity.csv`: the channels of each link and fibre over the run, and how many would do.
public enum CapacityTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.capacity]

  public static let schema = TableSchema(
    file: "capacity.csv",
    about:
      "One link or fibre a row: its channels over the run, how full it was, how many would do.",
    columns: [
      Column("kind", .string, about: "`link` or `fibre`."),
      Column(
        "name", .string, about: "The link or the fibre; a two-way link has one row for both ways."),
      Column(
        "channels_start", .integer,
        about: "The channels at the start, in order or not; empty for links not made of light."),
      Column("channels_peak", .integer, about: "The most channels at a time."),
      Column("channels_end", .integer, about: "The channels at the end."),
      Column(
        "capacity_start_bps", .number, unit: "bit/s",
        about: "What a link could carry each way at the start; empty for fibres."),
      Column("capacity_peak_bps", .number, unit: "bit/s", about: "The most that it ever could."),
      Column("capacity_end_bps", .number, unit: "bit/s", about: "What it could at the end."),
      Column(
        "rate_peak_bps", .number, unit: "bit/s",
        about: "The most that a link carried between two samples, in the busier direction."),
      Column(
        "hours_above_90", .number, unit: "h",
        about: """
          For how long a link was used more than 90 %, by its samples, or a fibre had more than \
          90 % of its channels taken.
          """),
      Column(
        "channels_below_70", .integer,
        about: """
          The fewest channels with which its peak is below 70 %: of a link as fast as those it has \
          at the end, of a fibre the channels of a grid.
          """),
      Column(
        "capacity_below_70_bps", .number, unit: "bit/s",
        about: "What a link would have to carry for its peak to be 70 %."),
    ])

  /// A link or fibre that is filled further than this has little left to grow.
  static let aim = 0.7
}

extension TableWriter<CapacityTable> {
  /// A link that is not made of light has no channels.
  func append(
    link: String, _ channels: ChannelBook.Count?, start: Double, _ use: WayUse, channelRate: Double
  ) throws(RunError) {
    rows.append("link")
    rows.append(link)
    append(channels)
    rows.append(start)
    rows.append(use.most)
    rows.append(use.end)
    rows.append(use.rate)
    rows.append(use.busy / 3600)
    let aim = use.rate / CapacityTable.aim
    let count = (aim / channelRate).rounded(.up)
    if channels != nil, count.isFinite { rows.append(Int(count)) } else { rows.appendAbsent() }
    rows.append(aim)
    try endRow()
  }

  func append(fibre: String, _ channels: ChannelBook.Count) throws(RunError) {
    rows.append("fibre")
    rows.append(fibre)
    append(channels)
    for _ in 0..<4 { rows.appendAbsent() }
    rows.append(channels.busy.seconds / 3600)
    rows.append(Int((Double(channels.most) / CapacityTable.aim).rounded(.up)))
    rows.appendAbsent()
    try endRow()
  }

  private func append(_ channels: ChannelBook.Count?) {
    guard let channels else {
      for _ in 0..<3 { rows.appendAbsent() }
      return
    }
    rows.append(channels.start)
    rows.append(channels.most)
    rows.append(channels.now)
  }
}

extension Outputs.Kind {
  public static let capacity = Outputs.Kind("capacity")
}
