// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Results
internal import Simulator
internal import Text

/// What `explain` prints of a training job on fabrics: where its time went.
struct TrainingExplanation: Explanation {
  let job: JobOutcome

  var people: String { facts.listing().table + "\n" + totals.table }
  var rows: Listing { totals }
  var json: Text.JSON { .object(facts.members + [("totals", totals.json)]) }

  private var facts: Facts {
    Facts(all: [
      (.init("job"), .text(job.job)), (.init("accelerators"), .count(job.gpus)),
      (.init("sites"), .count(job.sites)),
      (.init("submitted", "submitted_s"), .instant(job.submitted)),
      (.init("started", "started_s"), job.started.map { .instant($0) } ?? .absent),
      (.init("finished", "finished_s"), job.finished.map { .instant($0) } ?? .absent),
      (.init("iterations"), .count(job.iterations)),
      (.init("of them wanted", "iterations_wanted"), .count(job.iterationsWanted)),
      (.init("an iteration", "iteration_s"), .seconds(job.iterationSeconds)),
    ])
  }

  /// What is left is the iteration that the end of the run has cut off.
  private var totals: Listing {
    var listing = Listing([
      .init("where its time went", "phase"), .init("time", "time_s"), .init("share"),
    ])
    let life = (job.end - job.submitted).seconds
    let started = job.started ?? job.end
    let count = Double(job.iterations)
    let computing = count > 0 ? job.computeSeconds * count : 0
    let exchanging = count > 0 ? job.exposedSeconds * count : 0
    let waiting = (started - job.submitted).seconds
    let rest = life - waiting - computing - exchanging
    for (phase, seconds) in [
      ("waiting for data", waiting), ("computing", computing), ("exchanging", exchanging),
      ("in an unfinished iteration", rest),
    ] where seconds > life * 1e-9 {
      listing.append([.text(phase), .seconds(seconds), .share(seconds / life)])
    }
    return listing
  }
}
