// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Scheduling

/// Processor sharing against jobs that are served piece by piece.
@Suite struct SharedSpeedTests {
  private struct Job {
    var id: JobID
    var accelerators: Int32
    var left: Double
  }

  /// Ends are within two nanoseconds of those of a list in which each job is served by itself.
  @Test(arguments: 0..<200) func jobsEndWhenTheyAreServed(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), name: "shared-speed")
    var count = Int.random(in: 1...8, using: &stream)
    var shared = SharedSpeed(count: count)
    var plain: [Job] = []
    var (now, next, begun) = (Int64(0), Int64(0), 0)
    while begun < 40 || !plain.isEmpty {
      let speed = plain.isEmpty ? 1 : self.speed(plain, count)
      let plainEnd = plain.map { Double(now) + $0.left / speed }.min() ?? .infinity
      if let end = shared.nextEnd, begun == 40 || end <= next {
        #expect(abs(Double(end) - plainEnd) <= 2)
        serve(&plain, end - now, speed)
        now = end
        let ended = shared.popEnded(by: now)
        let id = try #require(ended)
        let place = try #require(plain.firstIndex { $0.id == id })
        #expect(abs(plain[place].left) <= 2)
        plain.remove(at: place)
        continue
      }
      guard begun < 40 else { break }
      serve(&plain, next - now, speed)
      now = next
      change(&shared, &plain, &count, begun, at: now, &stream)
      begun += 1
      next += Int64.random(in: 0...2000, using: &stream)
    }
    #expect(plain.isEmpty && shared.running == 0 && shared.wanted == 0 && shared.nextEnd == nil)
  }

  private func change(
    _ shared: inout SharedSpeed, _ plain: inout [Job], _ count: inout Int, _ number: Int,
    at now: Int64, _ stream: inout RandomStream
  ) {
    switch Int.random(in: 0..<8, using: &stream) {
    case 0:
      count = Int.random(in: 1...8, using: &stream)
      shared.setCount(count, at: now)
    case 1:
      guard let job = plain.randomElement(using: &stream) else { return }
      #expect(abs(Double(shared.withdraw(job.id, at: now)) - job.left) <= 2)
      plain.removeAll { $0.id == job.id }
    default:
      let time = Int64.random(in: 0...8000, using: &stream)
      let accelerators = Int32.random(in: 1...4, using: &stream)
      shared.begin(JobID(number), accelerators: accelerators, time: time, at: now)
      plain.append(Job(id: JobID(number), accelerators: accelerators, left: Double(time)))
    }
    #expect(abs(shared.speed - speed(plain, count)) < 1e-12)
  }

  private func speed(_ jobs: [Job], _ count: Int) -> Double {
    min(1, Double(count) / Double(max(1, jobs.reduce(0) { $0 + Int($1.accelerators) })))
  }

  private func serve(_ jobs: inout [Job], _ time: Int64, _ speed: Double) {
    for index in jobs.indices { jobs[index].left -= Double(time) * speed }
  }

  @Test func threeJobsShareTwoAccelerators() {
    var shared = SharedSpeed(count: 2)
    for number in 0..<3 {
      shared.begin(JobID(number), accelerators: 1, time: 600 + Int64(number), at: 0)
    }
    #expect(shared.speed == 2.0 / 3 && shared.inUse == 2 && shared.nextEnd == 900)
    #expect(shared.popEnded(by: 899) == nil && shared.popEnded(by: 900) == JobID(0))
    // The others have 1 and 2 left and are alone now.
    #expect(shared.speed == 1 && shared.nextEnd == 901 && shared.popEnded(by: 901) == JobID(1))
    #expect(shared.nextEnd == 902 && shared.popEnded(by: 902) == JobID(2))
  }

  /// Without accelerators nothing ends, and with them again what was left is served.
  @Test func aPoolThatIsOutOfServiceServesNobody() {
    var shared = SharedSpeed(count: 1)
    shared.begin(JobID(0), accelerators: 1, time: 100, at: 0)
    shared.setCount(0, at: 40)
    #expect(shared.nextEnd == nil && shared.speed == 0 && shared.popEnded(by: 1000) == nil)
    shared.setCount(1, at: 1000)
    #expect(shared.nextEnd == 1060)
  }

  /// A pool that is never empty for months still ends jobs to the nanosecond.
  @Test func longTimesAreExact() {
    var shared = SharedSpeed(count: 3)
    let day: Int64 = 86_400_000_000_000
    shared.begin(JobID(0), accelerators: 1, time: 104 * day, at: 0)
    for number in 1...103 {
      let start = Int64(number) * day + 1
      shared.begin(JobID(number), accelerators: 2, time: 3_600_000_000_001, at: start)
      #expect(shared.nextEnd == start + 3_600_000_000_001)
      #expect(shared.popEnded(by: start + 3_600_000_000_001) == JobID(number))
    }
    #expect(shared.nextEnd == 104 * day)
  }
}
