// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import YAMLReader

// A fleet and its jobs, of what was written of them.

extension Checker {
  /// Nil where something is wrong, which is reported.
  mutating func fleet(of section: SharedFleetSection) -> SharedFleet? {
    let before = problems.count
    let types = section.accelerators.entries.compactMap { fleetType($0.name, count: $0.value) }
    let jobs =
      switch section.jobs {
      case .listed(let jobs): fleetJobs(jobs, on: types.map(\.name))
      case .table(let file): fleetJobs(inTable: file, on: types.map(\.name))
      }
    return problems.count == before ? SharedFleet(types: types, jobs: jobs) : nil
  }

  /// Nil for a name or a count that can't be.
  mutating func fleetType(
    _ name: Written<Name>, count: Int
  ) -> SharedFleet.AcceleratorType? {
    if let problem = Name.problem(name.value.text) {
      report(problem, at: name)
      return nil
    }
    guard count >= 0 else {
      report("found \(count), expected a count of 0 or more", at: name)
      return nil
    }
    return SharedFleet.AcceleratorType(name: name.value.text, count: count)
  }

  private mutating func fleetJobs(
    _ sections: [FleetJobSection], on types: [String]
  ) -> [SharedFleet.Job] {
    checkUnique(sections.map(\.name), kind: "job")
    return sections.map { section in
      if !Checker.weights.contains(section.weight.value.value) {
        report(
          "found \(section.weight.value.value), expected a weight from 1e-9 to 1e9",
          at: section.weight)
      }
      return SharedFleet.Job(
        name: section.name.value.text, accelerators: section.accelerators.value,
        weight: section.weight.value.value, steps: section.steps?.value,
        speeds: fleetSpeeds(section.speed, on: types), arrival: section.arrival.seconds)
    }
  }

  private mutating func fleetSpeeds(
    _ speeds: KeyedValues<Double>, on types: [String]
  ) -> [Double] {
    var found = types.map { _ in 0.0 }
    for entry in speeds.entries {
      guard let type = types.firstIndex(of: entry.name.value.text) else {
        report(
          unknownName(entry.name.value.text, kind: "type of accelerator", among: types),
          at: entry.name)
        continue
      }
      if entry.value < 0 {
        report("found \(entry.value), expected steps a second of 0 or more", at: entry.name)
      }
      found[type] = entry.value
    }
    return found
  }
}
