// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Scheduling
internal import Traces
internal import Traffic

/// A source of jobs at work, one job ahead of the run.
struct JobSourceState {
  var feed: JobFeed
  var pending: OfferedJob?

  var fractionDone: Double { feed.fractionDone }
}

extension Computing {
  func open(_ index: Int) throws(RunError) {
    let entry = model.computing.entries[index]
    do throws(TraceError) {
      let feed = try JobFeed(
        entry.source, name: entry.name, seed: model.seed, horizon: horizon,
        isCertified: world.outputs.areKept)
      feeds.append(JobSourceState(feed: feed))
    } catch {
      throw .trace(error)
    }
    try fetchJob(of: index)
    planSubmission(of: index)
  }

  /// Takes in all jobs of a source that are submitted now.
  func jobIsSubmitted(from source: Int) throws(RunError) {
    while let job = feeds[source].pending, job.submitted == now {
      let entry = Int32(source)
      let tenant = tenants.number(of: job, model.computing.entries[source], at: entry)
      if let team = model.computing.entries[source].training?.team {
        submit(job, over: team, of: source, tenant: tenant)
      } else {
        let state = PoolJob(job, entry: entry, tenant: tenant, order: nextOrder())
        let id = jobs.add(state)
        instant.asking.append(id)
        if watch != nil { _ = isWatched(id) }
        book.submitted(job, of: source)
      }
      try fetchJob(of: source)
    }
    planSubmission(of: source)
  }

  private func fetchJob(of source: Int) throws(RunError) {
    do throws(TraceError) {
      feeds[source].pending = try feeds[source].feed.next()
    } catch {
      throw .trace(error)
    }
    if let job = feeds[source].pending, job.submitted >= horizon { feeds[source].pending = nil }
  }

  private func planSubmission(of source: Int) {
    guard let job = feeds[source].pending else { return }
    world.queue.push(.computing(.isSubmitted(source: Int32(source))), at: job.submitted)
  }

  /// What was read of traces of jobs; one that was written to in the meantime is an error.
  func inputRecords() throws(RunError) -> [FileRecord] {
    var records: [FileRecord] = []
    for feed in feeds {
      do throws(TraceError) {
        if let record = try feed.feed.record() { records.append(record) }
      } catch {
        throw .trace(error)
      }
    }
    return records
  }
}

extension Computing {
  /// The name of a job, such as `batch-17`.
  func name(of job: OfferedJob, entry: Int32) -> String {
    job.name
      ?? GeneratedFlow.name(number: job.number, of: model.computing.entries[Int(entry)].name)
  }

  func name(of id: JobID) -> String { name(of: jobs[id].job, entry: jobs[id].entry) }
}
