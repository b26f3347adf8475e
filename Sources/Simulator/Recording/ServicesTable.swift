// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
public import Results

/// `services.csv`: how available each link made of light was.
public struct ServicesTable: RunTable, ~Copyable {
  public static let schema = TableSchema(
    file: "services.csv",
    about: "One link made of light a row: how long its lightpaths carried and how long not.",
    columns: [
      Column("service", .string, about: "The link."),
      Column("protection", .string, about: "`none`, `1+1`, `ring` or `restoration`."),
      Column("lightpaths", .integer, about: "The protected lightpaths that it had in all."),
      Column("up_s", .number, unit: "s", about: "The time they carried, added up."),
      Column("down_s", .number, unit: "s", about: "The time they did not, added up."),
      Column("availability", .number, about: "The time up as a part of both; empty without any."),
      Column("outages", .integer, about: "How often one of them lost its light."),
      Column(
        "longest_outage_s", .number, unit: "s", about: "The longest time that one was without."),
    ])

  var rows: CSVWriter

  mutating func append(
    _ service: String, protection: String, _ use: ServiceTimes
  ) throws(ResultsError) {
    rows.append(service)
    rows.append(protection)
    rows.append(use.circuits)
    rows.append(use.up)
    rows.append(use.down)
    rows.append(use.availability)
    rows.append(use.outages)
    rows.append(nanosecondsAsSeconds: use.longest.nanoseconds)
    try rows.endRow()
  }
}

/// How long the circuits of a link carried and how long not.
struct ServiceTimes {
  var circuits = 0
  var up = 0.0
  var down = 0.0
  var outages = 0
  var longest = SimDuration.zero

  var availability: Double { up + down > 0 ? up / (up + down) : .nan }

  mutating func merge(_ other: ServiceTimes) {
    circuits += other.circuits
    up += other.up
    down += other.down
    outages += other.outages
    longest = max(longest, other.longest)
  }

  /// Adds what a circuit did up to an instant.
  mutating func add(_ circuit: Circuit, at now: SimTime) {
    var circuit = circuit
    guard circuit.state != .settingUp else { return }
    circuit.endOutage(at: now)
    circuits += 1
    up += (now - circuit.readyAt - circuit.downTime).seconds
    down += circuit.downTime.seconds
    outages += Int(circuit.outages)
    longest = max(longest, circuit.longestOutage)
  }
}
