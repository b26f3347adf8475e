// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scheduling
internal import YAMLReader

// A fleet of lists, which have to be as long as each other. Its jobs are named by their positions.

extension Checker {
  mutating func fleet(of section: GavelCaseSection) -> SharedFleet? {
    let before = problems.count
    checkUnique(section.types, kind: "type of accelerator")
    let jobs = section.speeds.value.count
    checkLength(section.capacity, section.types.count, "types")
    checkLength(section.accelerators, jobs, "jobs")
    if let weights = section.weights { checkLength(weights, jobs, "jobs") }
    if let steps = section.steps { checkLength(steps, jobs, "jobs") }
    for (job, speeds) in section.speeds.value.enumerated() {
      let path = section.speeds.path.element(job)
      if speeds.count != section.types.count {
        problems.add(
          found: "\(speeds.count) speeds", expected: "as many as types, \(section.types.count)",
          at: section.speeds.place, path: path)
      } else if let speed = speeds.first(where: { $0 < 0 }) {
        problems.add(
          found: "\(speed)", expected: "steps a second of 0 or more", at: section.speeds.place,
          path: path)
      }
    }
    guard problems.count == before else { return nil }
    let types = zip(section.types, section.capacity.value).compactMap {
      fleetType($0, count: $1)
    }
    guard problems.count == before else { return nil }
    return SharedFleet(types: types, jobs: (0..<jobs).map { job(section, $0) })
  }

  private func job(_ section: GavelCaseSection, _ index: Int) -> SharedFleet.Job {
    SharedFleet.Job(
      name: "\(index)", accelerators: section.accelerators.value[index].value,
      weight: section.weights?.value[index].value ?? 1,
      steps: section.steps?.value[index].value, speeds: section.speeds.value[index])
  }

  private mutating func checkLength<Element>(
    _ list: Written<[Element]>, _ count: Int, _ what: String
  ) {
    guard list.value.count != count else { return }
    report("found \(list.value.count) values, expected as many as \(what), \(count)", at: list)
  }
}
