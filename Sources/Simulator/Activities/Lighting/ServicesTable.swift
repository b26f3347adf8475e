// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Light
internal import NetworkModel
public import Results

/// `services.csv`: how available each link made of light was.
public enum ServicesTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.services]

  public static let schema = TableSchema(
    file: "services.csv",
    about: """
      One link made of light a row: how long it had capacity and how long not, and the same of its \
      lightpaths one by one.
      """,
    columns: [
      Column("service", .string, about: "The link."),
      Column("protection", .string, about: "`none`, `1+1`, `ring` or `restoration`."),
      Column("up_s", .number, unit: "s", about: "The time for which it had some capacity."),
      Column(
        "down_s", .number, unit: "s", about: "The time for which none of its lightpaths carried."),
      Column("availability", .number, about: "The time up as a part of both; empty without any."),
      Column("outages", .integer, about: "How often it lost all of its capacity."),
      Column(
        "longest_outage_s", .number, unit: "s", about: "The longest time that it had none."),
      Column("lightpaths", .integer, about: "The protected lightpaths that it had in all."),
      Column("lightpath_up_s", .number, unit: "s", about: "The time they carried, added up."),
      Column(
        "lightpath_down_s", .number, unit: "s", about: "The time they did not, added up."),
      Column(
        "lightpath_availability", .number,
        about: "Their time up as a part of both; empty without any."),
      Column("lightpath_outages", .integer, about: "How often one of them lost its light."),
      Column(
        "longest_lightpath_outage_s", .number, unit: "s",
        about: "The longest time that one was without."),
    ])
}

extension TableWriter<ServicesTable> {
  func append(
    _ name: String, protection: String, _ service: ServiceLife, _ lightpaths: ServiceTimes
  ) throws(RunError) {
    rows.append(name)
    rows.append(protection)
    rows.append(nanosecondsAsSeconds: service.up.nanoseconds)
    rows.append(nanosecondsAsSeconds: service.down.nanoseconds)
    rows.append(service.availability)
    rows.append(service.outages)
    rows.append(nanosecondsAsSeconds: service.longest.nanoseconds)
    rows.append(lightpaths.circuits)
    rows.append(lightpaths.up)
    rows.append(lightpaths.down)
    rows.append(lightpaths.availability)
    rows.append(lightpaths.outages)
    rows.append(nanosecondsAsSeconds: lightpaths.longest.nanoseconds)
    try endRow()
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

extension Lighting {
  /// The links made of light that lost some of it at times, the least available first.
  var shownServices: Listing {
    var listing = Listing([
      "least available", "protection", "availability", "outages", "longest", "lightpaths lost",
      "their own",
    ])
    for index in leastAvailable.prefix(ShownSections.mostRows) {
      let link = model.light.links[index]
      let (service, lightpaths) = (services.services[index], services.links[index])
      listing.append([
        .text(link.name), .text(link.protection.rawValue), .share(service.availability),
        .number(service.outages),
        service.outages > 0 ? .seconds(service.longest.seconds) : .absent,
        .number(lightpaths.outages), .share(lightpaths.availability),
      ])
    }
    return listing
  }

  private var leastAvailable: [Int] {
    func rank(_ link: Int) -> (Double, Double, String) {
      (
        services.services[link].availability, services.links[link].availability,
        model.light.links[link].name
      )
    }
    return model.light.links.indices.filter { link in
      services.links[link].circuits > 0
        && (services.services[link].outages > 0 || services.links[link].outages > 0)
    }.sorted { rank($0) < rank($1) }
  }
}

extension Outputs.Kind {
  public static let services = Outputs.Kind("services")
}
