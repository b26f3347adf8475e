// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

// A pipeline over sites: all microbatches forward, then all of them backward.
//
// The stages of a site take a microbatch after another, each in the same time; with room between
// sites none of them ever waits for the next. What leaves a site goes over its hop while the site
// goes on with the next. Schedules that mix forward and backward take as long where they keep
// enough microbatches under way.

extension Training {
  func begin(_ pipeline: PipelinedSites, of span: Int) {
    for stop in book.spans[span].stops.indices {
      book.spans[span].stops[stop] = PipelineStop(free: now)
    }
    take(at: StopNumber(site: 0, isBackward: false), pipeline, of: span)
  }

  /// A microbatch is there for the first stage of a site.
  func take(at stop: StopNumber, _ pipeline: PipelinedSites, of span: Int) {
    let stages = pipeline.sites[stop.site]
    let time = stop.isBackward ? stages.backward : stages.forward
    let begin = max(now, book.spans[span].stops[Int(stop.number)].free)
    book.spans[span].stops[Int(stop.number)].free = begin + time
    let inside = SimDuration(nanoseconds: time.nanoseconds * Int64(stages.count))
    world.queue.push(
      .training(.microbatchLeaves(span: Int32(span), stop: stop.number)), at: begin + inside)
  }

  /// A microbatch is through the last stage of a site.
  func microbatchLeaves(_ stop: StopNumber, of span: Int) throws(RunError) {
    guard case .pipeline(let pipeline) = model.training.spans[span].exchange else { return }
    book.spans[span].stops[Int(stop.number)].left += 1
    let isLast = book.spans[span].stops[Int(stop.number)].left == pipeline.microbatches
    let first = stop.isBackward ? pipeline.sites.count - 1 : 0
    if stop.site == first, !isLast {
      // Where microbatches come from there is always another behind.
      let stages = pipeline.sites[first]
      world.queue.push(
        .training(.microbatchLeaves(span: Int32(span), stop: stop.number)),
        at: now + (stop.isBackward ? stages.backward : stages.forward))
    }
    if pipeline.sites.indices.contains(stop.next.site) {
      let hop = model.training.spans[span].hops.firstIndex {
        $0.source == stop.site && $0.target == stop.next.site
      }
      if let hop { send(over: hop, of: span, latencies: 1) }
    } else if !stop.isBackward, isLast {
      turnRound(pipeline, of: span)
    }
    if stop.isBackward, isLast { try endPipeline(at: stop.site, of: span) }
  }

  /// The last site has all microbatches forward, and begins with them backward.
  private func turnRound(_ pipeline: PipelinedSites, of span: Int) {
    book.spans[span].stops.indices.forEach { book.spans[span].stops[$0].free = now }
    take(at: StopNumber(site: pipeline.sites.count - 1, isBackward: true), pipeline, of: span)
  }

  /// A site is done with its compute phase, and has the gradients of its stages.
  private func endPipeline(at site: Int, of span: Int) throws(RunError) {
    let member = model.training.spans[span].members[site]
    book.jobs[member].isComputing = false
    book.jobs[member].gradients = 0
    try beginNextGradients(member)
  }
}
