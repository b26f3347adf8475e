// SPDX-License-Identifier: GPL-3.0-or-later

internal import Compute
internal import EventKernel
internal import Results
internal import Scheduling
internal import Simulator
internal import Text

/// What `explain` prints of a pool at an instant.
struct PoolExplanation: Explanation {
  let pool: PoolSnapshot
  let limit: RowLimit

  /// Who runs on it, and who waits for what.
  var rows: Listing { members(pool.members) }

  var people: String {
    var text = facts.listing(leavingOutEmpty: true).table
    if !pool.groups.isEmpty { text += "\n" + groups.table }
    let waiting = pool.members.filter { $0.state != .running }
    if !waiting.isEmpty {
      text += "\n" + lines(limit.shown(waiting)).table + limit.more(waiting.count)
    }
    if !pool.changes.isEmpty {
      text += "\n" + changes.table + limit.more(pool.changes.count, " earlier ones")
    }
    return text
  }

  var json: JSON {
    .object(
      facts.members + [
        ("groups", groups.json), ("jobs", rows.json),
        ("changes", changes.json),
      ])
  }

  private typealias Fact = (heading: Listing.Heading, cell: Cell)

  private var facts: Facts { Facts(all: place + use + power) }

  private var place: [Fact] {
    let clock = RunClock(pool.design.power.terms.calendar, upTo: pool.at).date(pool.at)
    return [
      (.init("pool"), .text(pool.design.name)),
      (.init("identifier"), .text(pool.design.identifier)),
      (.init("at"), .text(pool.node)), (.init("owner"), .text(pool.design.owner)),
      (.init("type", "accelerator"), .text(pool.design.accelerator)),
      (.init("level"), .count(pool.design.level)),
      (.init("joined"), .text(pool.design.isJoined ? "yes" : "no")),
      (.init("queue rule", "queue"), .text(pool.design.queueName)),
      (.init("instant", "time_s"), .instant(pool.at)), (.init("clock"), .text(clock)),
    ]
  }

  private var use: [Fact] {
    [
      (.init("accelerators"), .count(pool.design.count)),
      (.init("in service", "in_service"), .count(pool.inService)),
      (.init("used"), .count(pool.used)),
      (.init("by services", "serving"), pool.serving > 0 ? .count(pool.serving) : .absent),
      (.init("state"), .text(pool.state.rawValue)),
      (.init("since", "since_s"), .instant(pool.since)),
      (.init("jobs that wait", "waiting"), .count(pool.waitingJobs)),
      (
        .init("they ask for", "waiting_work_s"),
        pool.waitingJobs > 0 ? .quantity(pool.waitingWork, "accelerator-s") : .absent
      ),
      (.init("on the way", "coming"), pool.onTheWay > 0 ? .count(pool.onTheWay) : .absent),
    ]
  }

  private var power: [Fact] {
    let isPriced = pool.design.power.hasTariff
    let isKnown = pool.design.power.isKnown
    return [
      (.init("equipment", "it_kw"), isKnown ? .quantity(pool.it_kW, "kW") : .absent),
      (.init("site", "facility_kw"), isKnown ? .quantity(pool.facility_kW, "kW") : .absent),
      (.init("cap", "cap_kw"), pool.cap.map { .quantity($0.watts / 1000, "kW") } ?? .absent),
      (.init("speed"), .share(pool.speed)),
      (.init("period"), isPriced ? .text(pool.rates.period.rawValue) : .absent),
      (
        .init("price", "yuan_per_kwh"),
        isPriced ? .quantity(pool.rates.price_yuan_kWh, "yuan/kWh") : .absent
      ),
      (
        .init("carbon", "carbon_kg_per_kwh"),
        isPriced ? .quantity(pool.rates.emission_kg_kWh, "kg/kWh") : .absent
      ),
      (.init("rates until", "until_s"), isKnown ? .instant(pool.rates.until) : .absent),
      (.init("PUE", "pue"), isKnown ? .number(pool.rates.pue) : .absent),
      (.init("outside", "outside_c"), pool.outside_C.map { .quantity($0, "°C") } ?? .absent),
    ]
  }

  private var groups: Listing {
    var listing = Listing([
      .init("workload"), .init("tenant"), .init("running"), .init("accelerators"),
      .init("waiting"), .init("that ask for", "wanted"),
    ])
    for group in limit.shown(pool.groups) {
      listing.append([
        .text(group.workload), group.tenant.isEmpty ? .absent : .text(group.tenant),
        .count(group.running), .count(group.accelerators), .count(group.waiting),
        .count(group.wanted),
      ])
    }
    return listing
  }

  /// Those that wait or come, without what the names of jobs say already.
  private func lines(_ members: [PoolSnapshot.Member]) -> Listing {
    var listing = Listing(["job", "accelerators", "waits", "for"])
    for member in members {
      listing.append([
        .text(member.job), .count(member.accelerators), .duration(pool.at - member.since),
        .text(member.waitsFor),
      ])
    }
    return listing
  }

  private func members(_ members: [PoolSnapshot.Member]) -> Listing {
    var listing = Listing([
      .init("job"), .init("workload"), .init("tenant"), .init("accelerators"), .init("state"),
      .init("for", "for_s"), .init("waits for", "waits_for"),
    ])
    for member in members {
      listing.append([
        .text(member.job), .text(member.workload),
        member.tenant.isEmpty ? .absent : .text(member.tenant), .count(member.accelerators),
        .text(member.state.rawValue), .duration(pool.at - member.since),
        member.waitsFor.isEmpty ? .absent : .text(member.waitsFor),
      ])
    }
    return listing
  }

  private var changes: Listing {
    var listing = Listing([
      .init("the hour before", "time_s"), .init("what"), .init("of", "subject"),
      .init("accelerators"),
    ])
    for change in limit.most.map({ pool.changes.suffix($0) }) ?? pool.changes[...] {
      listing.append([
        .instant(change.at), .text(change.what.rawValue), .text(change.subject),
        change.accelerators.map { .count($0) } ?? .absent,
      ])
    }
    return listing
  }
}
