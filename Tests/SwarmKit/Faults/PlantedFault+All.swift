// SPDX-License-Identifier: GPL-3.0-or-later

extension PlantedFault {
  /// Forty-two slips as people make them, spread over the parts of the program.
  ///
  /// docs/checking.md says of each what it is and whether the swarm finds it. They were written down
  /// before that was known: the first 20, then 21 to 25, then 26 to 42.
  public static let all = [
    // Bandwidth shared among flows.
    fault(
      1, "floors-uncut", "FlowMath/WaterLevel.swift", "floor[index] / (1 - below)", "floor[index]"),
    fault(
      2, "slowdown-without-delay", "Simulator/World/Flows/Slowdown.swift",
      "delay + record.bytes * 8e9 / rate", "record.bytes * 8e9 / rate"),
    // Elastic flows.
    fault(
      3, "admission-forgets-demands", "Simulator/Activities/Elastic/Elastic+Admission.swift",
      "world.links.effectiveCapacity(of: place) - book.demandPeaks[place]",
      "world.links.effectiveCapacity(of: place)"),
    fault(
      4, "floors-kept", "Simulator/Activities/Elastic/FloorBooks.swift",
      "max(0, booked[place] - floor)", "booked[place]"),
    fault(
      5, "largest-first", "Simulator/Activities/Elastic/GrantsInTurn.swift",
      "world.fluid.currentBitsLeft(ofNextIn: flowClass",
      "-world.fluid.currentBitsLeft(ofNextIn: flowClass"),
    // Queues, loss and transports.
    fault(
      6, "queue-one-longer", "Simulator/Activities/Loss/LossBook.swift", "port.packetsHeld",
      "port.packetsHeld + 1"),
    fault(
      7, "window-over-two-round-trips", "Simulator/Activities/Loss/TransportAnswer.swift",
      "window.bits / path.roundTrip_s", "window.bits / (2 * path.roundTrip_s)"),
    // Light.
    fault(
      8, "margin-forgotten", "Light/RouteGrader.swift",
      "terms.margin_dB(for: mode) - margin_dB", "terms.margin_dB(for: mode)"),
    fault(
      9, "restored-at-old-rate", "Light/LightNetwork+Failures.swift",
      "lightpaths[circuits[index].other].lineRate", "circuits[index].nominalRate"),
    fault(
      10, "most-used-is-least", "NetworkModel/Wavelengths/FreeSlots+Choice.swift",
      "-Double(spectrum.uses(from: $0, count: count))",
      "Double(spectrum.uses(from: $0, count: count))"),
    fault(
      11, "outages-before-it-came", "Light/LightNetwork+Clients.swift",
      "circuits[circuit].downTime(at: now)", "SimDuration.zero"),
    fault(
      12, "room-not-given-back", "Light/LightNetwork+Clients.swift", "part.rate", "0"),
    // Fabrics and training.
    fault(
      13, "flowlets-whole", "Simulator/Activities/Training/TransferFlows.swift",
      "bits / flowlets / Double(parts.count)", "bits / Double(parts.count)"),
    fault(
      14, "halving-sends-twice", "Traffic/Training/Collective+Phases.swift",
      "bytes / Double(2 << step)", "bytes / Double(1 << step)"),
    // Tokens and transfers.
    fault(
      15, "sites-empty-each-round", "Scheduling/Tokens/PlacedShares.swift",
      "free[site] - offers[site] * taken[site]", "1 - offers[site] * taken[site]"),
    fault(
      16, "window-stays-open", "Simulator/Activities/Transfers/Reservations.swift",
      "-reservation.window.rate", "0"),
    // Statistics and tables.
    fault(
      17, "quantile-not-interpolated", "Statistics/QuantileSketch.swift",
      "min(lower + 1, count - 1)", "lower"),
    fault(
      18, "rate-in-bytes", "Simulator/Activities/Lighting/RequestsTable.swift",
      "row.request.rate", "row.request.rate / 8"),
    // Links that change, and the time that statistics leave out.
    fault(
      19, "patience-never-ends", "Simulator/World/Links/LinkChanges.swift",
      "now - since >= time", "now - since > time"),
    fault(
      20, "warm-up-of-last-sample", "Simulator/World/Links/LinkMeter.swift", "carried[link]",
      "meters[link].carriedAtSample"),
    // Pools, jobs and power.
    fault(
      21, "level-one-too-low", "Simulator/Activities/Computing/CandidatePools.swift",
      "pool.level >= level", "pool.level + 1 >= level"),
    fault(
      22, "idle-power-of-all", "Simulator/Activities/Computing/PoolState.swift",
      "(Double(design.count) - used)", "Double(design.count)"),
    fault(
      23, "time-never-over", "Simulator/Activities/Computing/JobsArePlaced.swift",
      "min(length, jobs[id].requested)", "length"),
    fault(
      24, "one-more-is-free", "Scheduling/Queues/QueueBook.swift", "count - inUse",
      "count - inUse + 1"),
    fault(
      25, "anybody-has-joined", "Simulator/Activities/Computing/CandidatePools.swift",
      "!pool.isJoined", "false"),
    fault(
      26, "night-ends-at-midnight", "Compute/Energy/ClockWindow.swift",
      "minute >= from || minute < to", "minute >= from"),
    fault(
      27, "green-power-emits", "Compute/Energy/Tariff.swift",
      "carbon_kg_kWh[hour] * (1 - green[hour])", "carbon_kg_kWh[hour]"),
    fault(
      28, "price-of-the-hour-to-come", "Compute/Energy/PowerMeter.swift",
      "taken * segment.price_yuan_kWh", "taken * terms.segment(at: now).0.price_yuan_kWh"),
    fault(
      29, "quarters-always-whole", "Compute/Energy/PowerMeter.swift",
      "quarter.facility / Double(covered.nanoseconds)", "quarter.facility / 9e11"),
    fault(
      30, "stopped-work-lost", "Simulator/Activities/Computing/JobsRun.swift",
      "max(0, jobs[id].left - done)", "jobs[id].left"),
    fault(
      31, "checkpoints-take-no-time", "Traffic/Jobs/Checkpoints.swift",
      "start + takes.scaled(by: Double(count))", "start"),
    fault(
      32, "backfill-delays-the-head", "Scheduling/Queues/BackfillQueue.swift",
      "profile.free(at: shadow) - needed", "profile.free(at: shadow)"),
    fault(
      33, "priority-upside-down", "Scheduling/Queues/OrderedQueue.swift",
      "Int64(job.priority)", "-Int64(job.priority)"),
    fault(
      34, "faster-than-alone", "Scheduling/Queues/SharedSpeed.swift",
      "wanted <= count ? 1 : Double(count) / Double(wanted)",
      "Double(count) / Double(max(1, wanted))"),
    fault(
      35, "booked-beyond-the-deadline", "Simulator/Activities/Computing/JobsAreBooked.swift",
      "SimTime(nanoseconds: end) <= state.job.deadline ?? .distantFuture", "true"),
    fault(
      36, "paid-in-whole-yuan", "Simulator/Activities/Computing/TenantAccounts.swift",
      "(fen * (1 + 1e-14)).rounded()", "(fen / 100).rounded() * 100"),
    fault(
      37, "failures-cost-nothing", "Simulator/Activities/Computing/PoolsFail.swift",
      "entry.checkpoints.kept(after: time, start: jobs[id].startup)", "time"),
    fault(
      38, "jobs-leave-the-pool-they-name", "Simulator/Activities/Computing/JobsAreMoved.swift",
      "entry.pool == nil && (!hasBegun || entry.checkpoints.every != nil)",
      "!hasBegun || entry.checkpoints.every != nil"),
    fault(
      39, "speed-with-idle-power", "Simulator/Activities/Computing/PoolState.swift",
      "(watts - idle) / (asked - idle)", "watts / asked"),
    fault(
      40, "fair-share-without-weights", "Scheduling/Queues/FairShareQueue.swift",
      "tenants[index].use.value(at: now, halfLife: halfLife) / tenants[index].weight",
      "tenants[index].use.value(at: now, halfLife: halfLife)"),
    fault(
      41, "latency-forgotten", "Simulator/Activities/Computing/CandidatePools.swift",
      "way.candidate.delay > bound", "false"),
    fault(
      42, "checkpoint-stays-behind", "Simulator/Activities/Computing/JobsArePlaced.swift",
      "(kept > .zero ? checkpoints.bytes : 0)", "0"),
  ]

  private static func fault(
    _ number: Int, _ name: String, _ file: String, _ right: String, _ wrong: String
  ) -> PlantedFault {
    PlantedFault(
      number: number, name: name, file: "Sources/" + file, right: right, wrong: wrong)
  }
}
