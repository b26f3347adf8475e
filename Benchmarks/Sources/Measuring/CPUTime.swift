// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// Seconds of CPU time that this process has used so far, in all its threads.
public func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Measures again and again, at most so often, and gives up early where one run takes long.
///
/// - Returns: the measurement whose CPU time is the median of all.
public func medianRun<Outcome>(
  repetitions: Int, within seconds: Double, cpu: (Outcome) -> Double,
  _ measure: () throws -> Outcome
) rethrows -> Outcome {
  var outcomes = [try measure()]
  var spent = cpu(outcomes[0])
  while outcomes.count < repetitions, spent < seconds {
    let outcome = try measure()
    spent += cpu(outcome)
    outcomes.append(outcome)
  }
  outcomes.sort { cpu($0) < cpu($1) }
  return outcomes[outcomes.count / 2]
}
