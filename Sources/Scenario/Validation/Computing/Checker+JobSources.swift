// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Statistics
internal import Traffic
internal import YAMLReader

// Where the jobs of an entry come from: a list or a generator.

extension Checker {
  mutating func source(of section: JobsSection, places: [Double]) -> JobSource? {
    if let list = section.list { return .listed(listed(list, of: section, places)) }
    checkEnd(
      section.stop, after: section.start, hasCount: section.count != nil, at: section.origin)
    let preset = preset(of: section)
    let counts =
      section.training.map { .fixed(Double($0.accelerators)) }
      ?? section.accelerators.flatMap { drawn($0, "accelerators") }
      ?? preset?[.processors]?.distribution
    let times =
      section.training.map { .fixed(Self.run(of: $0).seconds) }
      ?? section.run.flatMap { drawn($0, "seconds") } ?? preset?[.runTime]?.distribution
    let input = section.input.flatMap { size(of: $0.size, at: $0.origin) }
    let output = section.output.flatMap { size(of: $0.size, at: $0.origin) }
    let process = arrivals(
      section.arrivals, or: preset, slowedBy: section.timeFactor?.value, of: "jobs")
    guard let process, let counts, let times else { return nil }
    return .generated(
      JobGenerator(
        name: section.name.value.text, arrivals: process, accelerators: counts, run: times,
        requestedFactor: requestedFactor(section.requested), input: input, output: output,
        places: places, priority: priority(section.priority),
        deadline: section.deadline.flatMap { rule($0) }, start: .zero + section.start,
        stop: section.stop.map { .zero + $0.value } ?? .distantFuture,
        count: section.count?.value,
        curve: curve(
          section.daily, section.weekly, standard: preset?.daily ?? [], at: section.origin)))
  }

  /// The known workload that fills in what an entry leaves open; nil where it names none.
  private mutating func preset(of section: JobsSection) -> WorkloadPreset? {
    let known = WorkloadPreset.builtIn().filter(\.isOfJobs)
    let preset = section.preset.flatMap { written in known.first { $0.name == written.value } }
    if let written = section.preset, preset == nil {
      report(problems.unknown(written.value, kind: "preset", among: known.map(\.name)), at: written)
      return nil
    }
    let open: [(key: String, about: String, isOpen: Bool)] = [
      ("arrivals", "When jobs are submitted.", section.arrivals == nil && preset?.arrivals == nil),
      (
        "accelerators", "How many a job takes.",
        section.hasNoSize(section.accelerators) && preset == nil
      ),
      ("run", "How long a job runs.", section.hasNoSize(section.run) && preset == nil),
    ]
    for (key, about, isOpen) in open where isOpen {
      let whose = preset.map { ", and preset \($0.name) does not tell it" } ?? ""
      report("the key is missing\(whose): \(about)", at: section.origin, key: key)
    }
    return preset
  }

  /// When jobs or requests come: as they say, or as a preset has it.
  mutating func arrivals(
    _ section: ArrivalsSection?, or preset: WorkloadPreset?, slowedBy factor: Double?,
    of what: String
  ) -> ArrivalProcess? {
    guard let section else { return preset?.arrivals?.slowed(by: factor ?? 1) }
    if section.hasLoad {
      report("found a load, which \(what) have none of, expected a rate", at: section.origin)
    }
    return arrivals(section, meanSize: Bytes(1))
  }

  private mutating func requestedFactor(_ section: RequestedSection?) -> Double {
    guard let section else { return 1 }
    if !(1...1e6).contains(section.factor.value) {
      report("found \(section.factor.value), expected a factor from 1 to 1e6", at: section.factor)
    }
    return section.factor.value
  }

  private mutating func priority(_ written: Written<Int>) -> Int {
    if !(0...1_000_000).contains(written.value) {
      report("found \(written.value), expected a priority from 0 to 1000000", at: written)
    }
    return written.value
  }

  /// A distribution of what a job needs; nil where it is none, which is reported.
  mutating func drawn<Value>(
    _ section: DrawnSection<Value>, _ unit: String
  ) -> Distribution? {
    guard let distribution = section.distribution else { return nil }
    if let problem = distribution.problem {
      report("in \(unit), \(problem)", at: section.origin)
      return nil
    }
    guard distribution.mean.isFinite, distribution.mean < 1e18 else {
      report("the mean is too large to tell, expected smaller values", at: section.origin)
      return nil
    }
    return distribution
  }

  private mutating func size(of section: DrawnSection<Bytes>?, at origin: Origin) -> Distribution? {
    guard let section else {
      report("found no size, which jobs that are drawn at random need", at: origin)
      return nil
    }
    return drawn(section, "bytes")
  }

  // MARK: - Listed jobs

  /// The jobs in the order of their submission; those of one instant keep that of the file.
  private mutating func listed(
    _ list: [ListedJobSection], of section: JobsSection, _ places: [Double]
  ) -> [OfferedJob] {
    if list.isEmpty {
      report("found an empty list, expected at least one job", at: section.origin, key: "list")
    }
    if places.count > 1 {
      report(
        "found several places that listed jobs come from, expected one", at: section.origin)
    }
    let fixed = (input: fixedSize(section.input?.size), output: fixedSize(section.output?.size))
    let jobs = list.map { job -> OfferedJob in
      check(job, of: section)
      return OfferedJob(
        number: 0, name: job.job.value.text, submitted: .zero + job.submit,
        accelerators: accelerators(of: job, section), run: run(of: job, section),
        requested: job.requested?.value,
        inputBytes: job.input?.value ?? fixed.input, outputBytes: job.output?.value ?? fixed.output,
        priority: job.priority ?? priority(section.priority),
        deadline: deadline(job.deadline, behind: job.submit))
    }
    let ordered = jobs.enumerated().sorted {
      ($0.element.submitted, $0.offset) < ($1.element.submitted, $1.offset)
    }
    return ordered.enumerated().map { number, entry in
      var job = entry.element
      job.number = number + 1
      return job
    }
  }

  private mutating func accelerators(of job: ListedJobSection, _ section: JobsSection) -> Int {
    guard let training = section.training else { return job.accelerators?.value.value ?? 1 }
    if let given = job.accelerators {
      report("found accelerators beside training, whose plan has them; expected none", at: given)
    }
    return training.accelerators
  }

  private mutating func run(of job: ListedJobSection, _ section: JobsSection) -> SimDuration {
    guard let training = section.training else {
      if job.run == nil {
        report("the key is missing: How long it runs.", at: job.origin, key: "run")
      }
      return job.run?.value ?? .zero
    }
    if let given = job.run {
      report("found run beside training, which says how long it is; expected none", at: given)
    }
    return Self.run(of: training)
  }

  private mutating func check(_ job: ListedJobSection, of section: JobsSection) {
    if job.input != nil, section.input == nil {
      report("found input that comes from nowhere, expected input with from", at: job.origin)
    }
    if job.output != nil, section.output == nil {
      report("found output that goes nowhere, expected output with to", at: job.origin)
    }
  }

  private mutating func fixedSize(_ section: DrawnSection<Bytes>?) -> Double {
    guard let section else { return 0 }
    if let fixed = section.fixed { return fixed.value.value }
    report("found a size that is drawn, but jobs are listed; expected fixed", at: section.origin)
    return 0
  }
}

extension JobsSection {
  fileprivate func hasNoSize<Value>(_ value: Value?) -> Bool { value == nil && training == nil }
}

extension ArrivalsSection {
  fileprivate var hasLoad: Bool {
    poisson?.load != nil || deterministic?.load != nil || bursty?.load != nil
  }
}
