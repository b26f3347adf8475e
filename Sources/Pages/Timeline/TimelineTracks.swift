// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// A bar on a track: what went on from when to when, in microseconds.
///
/// A million of them are kept: what many share is a position in a list.
struct TimelineSlice {
  var name: String
  var from: Int64
  var to: Int64
  /// An amount in the unit of its track; not a number where there is none.
  var amount = Double.nan
  /// Members of a JSON object, among those of `TimelineTracks`.
  var details: Int32
  var track: Int32
}

struct TimelineInstant {
  var name: String
  var at: Int64
  var detail: String
}

/// A number by time; each point holds until the next.
struct TimelineCounter {
  var process: String
  var name: String
  var unit: String
  var points: [(at: Int64, value: Double)]

  /// Leaves points out whose value is that of the point before.
  init(process: String, name: String, unit: String, _ points: some Sequence<(Double, Double)>) {
    self.process = process
    self.name = name
    self.unit = unit
    self.points = []
    for (time, value) in points where !value.isNaN && self.points.last?.value != value {
      self.points.append((Timeline.microseconds(time), value))
    }
  }

  /// What waits and is used, and the price, of each pool or cluster.
  static func pools(_ table: TableReader) throws -> [TimelineCounter] {
    let name = table.columns.contains("cluster") ? "cluster" : "pool"
    let columns = try ["time_s", name, "used", "queued", "yuan_per_kwh"].map {
      try table.column($0)
    }
    var series = [SeriesTable(), SeriesTable(), SeriesTable()]
    while try table.advance() {
      let (time, place) = (try table.number(columns[0]), table.text(columns[1]))
      for index in series.indices {
        let value = try table.number(columns[2 + index])
        if !value.isNaN { series[index].add(value, of: place, at: time) }
      }
    }
    let kinds = [("in use", "accelerators"), ("queues", "jobs"), ("prices", "yuan/kWh")]
    return zip(kinds, series).flatMap { kind, table -> [TimelineCounter] in
      var table = table
      table.settle()
      return table.series.map {
        TimelineCounter(
          process: kind.0, name: $0.name, unit: kind.1, zip(table.times, $0.values))
      }
    }
  }
}

/// Bars by process and thread, on as many lanes as it takes for none to overlap.
struct TimelineTracks {
  private var tracks = Interned<Track>()
  private var details = Interned<String>()
  private var slices: [TimelineSlice] = []
  private var order: [Int] = []
  private var lanes: [Lane] = []
  private var laneOf: [Int] = []

  struct Track: Hashable {
    var process: String
    var thread: String
    /// What an amount of its bars is called.
    var amount = ""
  }

  private struct Lane {
    var track: Int
    var number: Int
    var end: Int64
  }

  var count: Int { slices.count }

  mutating func track(_ process: String, _ thread: String, amount: String = "") -> Int32 {
    Int32(tracks.place(of: Track(process: process, thread: thread, amount: amount)))
  }

  /// The position of members of a JSON object.
  mutating func details(_ members: String) -> Int32 { Int32(details.place(of: members)) }

  mutating func add(_ slice: TimelineSlice) { slices.append(slice) }

  /// Gives each bar the first lane of its track that is free when it begins.
  mutating func settle() {
    let (from, to) = (slices.map(\.from), slices.map(\.to))
    order = slices.indices.sorted { (from[$0], to[$0], $0) < (from[$1], to[$1], $1) }
    var known = [[Int]](repeating: [], count: tracks.all.count)
    laneOf = order.map { place in
      let track = Int(slices[place].track)
      if let free = known[track].first(where: { lanes[$0].end <= from[place] }) {
        lanes[free].end = to[place]
        return free
      }
      lanes.append(Lane(track: track, number: known[track].count + 1, end: to[place]))
      known[track].append(lanes.count - 1)
      return lanes.count - 1
    }
  }

  func write(to writer: inout TraceEventWriter) throws(ResultsError) {
    var places: [(process: Int, thread: Int)] = []
    for lane in lanes {
      let track = tracks.all[lane.track]
      let name = lane.number == 1 ? track.thread : "\(track.thread) (\(lane.number))"
      places.append(try writer.thread(name, of: track.process))
    }
    for (place, lane) in zip(order, laneOf) {
      let slice = slices[place]
      try writer.write(
        slice, at: places[lane], amount: tracks.all[lanes[lane].track].amount,
        details: details.all[Int(slice.details)])
    }
  }
}

/// Values that many share, each kept once.
private struct Interned<Value: Hashable> {
  private(set) var all: [Value] = []
  private var placeOf: [Value: Int] = [:]

  mutating func place(of value: Value) -> Int {
    if let known = placeOf[value] { return known }
    placeOf[value] = all.count
    all.append(value)
    return all.count - 1
  }
}

extension LinkUse {
  /// The use of each link that a page would show, in percent.
  var counters: [TimelineCounter] {
    shown.map { link in
      TimelineCounter(
        process: "links", name: names[link], unit: "%",
        zip(times, use(of: link).map { ($0 * 1000).rounded() / 10 }))
    }
  }
}
