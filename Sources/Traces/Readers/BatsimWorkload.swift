// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Text

/// The jobs of a workload of Batsim, and how long each of its profiles runs.
///
/// Profiles of type `delay` run as long as they say; those of type `parallel_homogeneous`, and its
/// `_total`, as long as their operations take; a `sequential_composition`, once called `composed`,
/// as long as its parts. What processors of a job send to each other takes no time.
struct BatsimWorkload {
  let jobs: [JSONValue]
  private let profiles: [String: JSONValue]
  private let speed: BatsimReader.Speed
  /// What is known of profiles: each is worked out once, however many jobs and others have it.
  private var times: [Profile: SimDuration?] = [:]

  private struct Profile: Hashable {
    var name: String
    var resources: Int
  }

  /// Deeper than anybody composes profiles; one that holds itself has no end.
  private static let deepest = 64

  init(_ text: UTF8Text, _ speed: BatsimReader.Speed) throws(TextFault) {
    let workload = try JSONValue(reading: text)
    guard case .array(let jobs) = workload["jobs"]?.content else {
      throw workload.fault("an object with a list of jobs")
    }
    guard case .object(let profiles) = workload["profiles"]?.content else {
      throw workload.fault("an object with profiles")
    }
    self.jobs = jobs
    self.profiles = Dictionary(profiles.map { ($0.key, $0.value) }) { $1 }
    self.speed = speed
  }

  mutating func job(_ value: JSONValue) throws(TextFault) -> TraceJob {
    guard case .object = value.content else { throw value.fault("a job: an object in braces") }
    let expected = "a whole number from 1 to 1000000000"
    let asked = try value.member("res", expected)
    guard let resources = asked.whole, (1...1_000_000_000).contains(resources) else {
      throw asked.fault(expected)
    }
    let profile = try value.member("profile", "the name of a profile")
    var requested: SimDuration?
    if let limit = value["walltime"], limit.number != -1 { requested = try limit.duration() }
    return TraceJob(
      name: try value.member("id", "the identifier of the job").name,
      time: .zero + (try value.member("subtime", "the time of submission").duration()),
      processors: resources,
      runTime: try runTime(of: profile, for: resources, depth: 0), requestedTime: requested)
  }

  private mutating func runTime(
    of profile: JSONValue, for resources: Int, depth: Int
  ) throws(TextFault) -> SimDuration? {
    let key = Profile(name: try profile.name, resources: resources)
    if let known = times[key] { return known }
    let time = try runTime(ofUnknown: profile, named: key.name, for: resources, depth: depth)
    times.updateValue(time, forKey: key)
    return time
  }

  private mutating func runTime(
    ofUnknown profile: JSONValue, named name: String, for resources: Int, depth: Int
  ) throws(TextFault) -> SimDuration? {
    guard let found = profiles[name], depth < Self.deepest else {
      throw profile.fault(
        depth < Self.deepest ? "the name of a profile" : "profiles that do not hold themselves")
    }
    switch found["type"]?.text {
    case "delay": return try found.member("delay", "a number of seconds").duration()
    case "parallel_homogeneous": return try time(of: found, over: 1)
    case "parallel_homogeneous_total": return try time(of: found, over: Double(resources))
    case "composed", "sequential_composition":
      return try composed(found, for: resources, depth: depth)
    default:
      throw found.fault(
        "a profile of type delay, parallel_homogeneous, parallel_homogeneous_total or "
          + "sequential_composition")
    }
  }

  private func time(of profile: JSONValue, over processors: Double) throws(TextFault)
    -> SimDuration?
  {
    let operations = try profile.member("cpu", "a number of operations")
    let flops: Double
    switch speed {
    case .flops(let number): flops = number
    case .needed:
      throw profile.fault(
        "a profile of type delay, or flops: how many operations a processor does in a second")
    case .unknown: return nil
    }
    guard let number = operations.number, number >= 0,
      let time = SimDuration(seconds: number / processors / flops)
    else { throw operations.fault("a number of operations") }
    return time
  }

  private mutating func composed(
    _ profile: JSONValue, for resources: Int, depth: Int
  ) throws(TextFault) -> SimDuration? {
    let parts = try profile.member("seq", "a list of profiles")
    guard case .array(let names) = parts.content else { throw parts.fault("a list of profiles") }
    var seconds = 0.0
    for name in names {
      guard let time = try runTime(of: name, for: resources, depth: depth + 1) else { return nil }
      seconds += time.seconds
    }
    let times = profile["repeat"].map { $0.number ?? -1 } ?? 1
    guard times >= 0, let time = SimDuration(seconds: seconds * times) else {
      throw profile.fault("a number of times to repeat, from 0 on")
    }
    return time
  }
}

// MARK: - Values of a workload

extension JSONValue {
  fileprivate func fault(_ expected: String) -> TextFault {
    TextFault(found: shown, expected: expected, at: offset)
  }

  fileprivate func member(_ key: String, _ expected: String) throws(TextFault) -> JSONValue {
    guard let member = self[key] else {
      throw TextFault(found: "no \(key)", expected: expected, at: offset)
    }
    return member
  }

  fileprivate var number: Double? { if case .number(let number) = content { number } else { nil } }

  fileprivate var text: String? { if case .string(let text) = content { text } else { nil } }

  fileprivate var whole: Int? {
    number.flatMap { $0.rounded() == $0 && abs($0) < 1e15 ? Int($0) : nil }
  }

  /// A text, or a whole number as one.
  fileprivate var name: String {
    get throws(TextFault) {
      guard let name = text ?? whole.map({ "\($0)" }), !name.isEmpty else {
        throw fault("a text that is not empty, or a whole number")
      }
      var text = name
      guard !text.withUTF8({ $0.hasControl }) else { throw fault(FieldText.aName) }
      return name
    }
  }

  fileprivate func duration() throws(TextFault) -> SimDuration {
    guard let number, number >= 0, let time = SimDuration(seconds: number) else {
      throw fault("a number of seconds from 0 to 9.2e9")
    }
    return time
  }

  private var shown: String {
    switch content {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let number): whole.map { "\($0)" } ?? "\(number)"
    case .string(let text): "'\(text.prefix(40))'"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
