// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Text

/// Reads a workload of Batsim: one JSON text with jobs, and the profiles that say how long they run.
///
///     {"nb_res": 4,
///      "jobs": [{"id": "1", "subtime": 0, "res": 2, "walltime": 100, "profile": "short"}],
///      "profiles": {"short": {"type": "delay", "delay": 60}}}
///
/// Jobs stand in any order, as they do for Batsim, and are given in that of their times. The whole
/// text is held while it is read, and the jobs afterwards.
public final class BatsimReader: RecordStream {
  /// What is known of how fast processors are, for profiles that are given in operations.
  public enum Speed: Sendable {
    /// Operations that a processor does in a second.
    case flops(Double)
    /// Nothing: such a profile is an error.
    case needed
    /// Nothing: how long such a job runs is not known.
    case unknown
  }

  public let file: String
  public private(set) var skipped = SkippedLines()
  private var jobs: [TraceJob] = []
  private var position = 0
  private let reading: FileRecord

  public init(
    file: String, speed: Speed, tolerance: Tolerance = .strict, isCertified: Bool = false
  ) throws(TraceError) {
    self.file = file
    do throws(TraceError.Problem) {
      var records = try TraceRecords.opening(file, isCertified: isCertified)
      let bytes = try records.rest()
      reading = try records.record()
      if bytes.isEmpty { throw .emptyFile(expected: "a workload of Batsim") }
      try read(UTF8Text(unchecked: bytes), speed, tolerance)
    } catch {
      throw TraceError(file: file, line: nil, problem: error)
    }
  }

  public func record() -> FileRecord { reading }

  public var fractionRead: Double { Double(position) / Double(max(1, jobs.count)) }

  public func next() -> TraceJob? {
    guard position < jobs.count else { return nil }
    position += 1
    return jobs[position - 1]
  }

  public func rewind() { position = 0 }

  private func read(
    _ text: UTF8Text, _ speed: Speed, _ tolerance: Tolerance
  ) throws(TraceError.Problem) {
    var workload: BatsimWorkload
    do throws(TextFault) {
      workload = try BatsimWorkload(UTF8Text(text.bytes), speed)
    } catch {
      throw .text(text.mark(at: error.offset), expected: error.expected, found: error.found)
    }
    for value in workload.jobs {
      do throws(TextFault) {
        jobs.append(try workload.job(value))
      } catch {
        let mark = text.mark(at: error.offset)
        let problem = TraceError.Problem.text(
          mark, expected: error.expected, found: error.found)
        guard case .lenient = tolerance else { throw problem }
        skipped.add(TraceError(file: file, line: nil, problem: problem))
      }
    }
    let order = jobs.indices.sorted { (jobs[$0].time, $0) < (jobs[$1].time, $1) }
    jobs = order.map { jobs[$0] }
  }
}
