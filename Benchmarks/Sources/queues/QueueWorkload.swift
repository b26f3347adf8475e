// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc
import Scheduling

/// Jobs for a pool as logs of clusters have them.
///
/// A quarter takes one accelerator, three in five a power of two, the rest any number. A third runs
/// for hours, the rest for minutes; 15 % ask for what they take, the others for up to ten times
/// that. They come as a Poisson process with a daily wave.
struct QueueWorkload {
  struct Job {
    var asked: QueuedJob
    var submit: Int64
    var run: Int64
  }

  let count: Int
  private(set) var jobs: [Job] = []

  /// The load is the work that comes beside what so many accelerators can do.
  init(jobs number: Int, accelerators count: Int, load: Double, seed: UInt64) {
    self.count = count
    var stream = RandomStream(seed: seed, name: "queues")
    var work = 0.0
    for order in 0..<number {
      let job = Self.job(order, count: count, using: &stream)
      work += Double(job.run) * Double(job.asked.accelerators)
      jobs.append(job)
    }
    let gap = work / Double(number) / (load * Double(count))
    var now = 0.0
    for index in jobs.indices {
      let wave = 1 + 0.6 * sin(now / 86_400e9 * 2 * .pi)
      now -= log(stream.nextUniformPositive()) * gap / wave
      jobs[index].submit = Int64(now)
    }
  }

  private static func job(_ order: Int, count: Int, using stream: inout RandomStream) -> Job {
    let kind = stream.nextUniform()
    let most = Int(log2(Double(count)))
    let size =
      kind < 0.25
      ? 1
      : kind < 0.85
        ? 1 << Int.random(in: 1...most, using: &stream) : Int.random(in: 1...count, using: &stream)
    let range = stream.nextUniform() < 0.35 ? (600.0, 60_000.0) : (10, 900)
    let seconds = range.0 * pow(range.1 / range.0, stream.nextUniform())
    let run = Int64(seconds) * 1_000_000_000
    let slack = stream.nextUniform() * stream.nextUniform()
    let isExact = stream.nextUniform() < 0.15
    let requested = isExact ? run : Int64(Double(run) * (1 + 9 * slack)) + 60_000_000_000
    let asked = QueuedJob(
      id: JobID(order), order: Int64(order), accelerators: Int32(size), requested: requested,
      priority: Int32.random(in: 1...4, using: &stream),
      tenant: Int32.random(in: 0..<20, using: &stream))
    return Job(asked: asked, submit: 0, run: run)
  }
}
