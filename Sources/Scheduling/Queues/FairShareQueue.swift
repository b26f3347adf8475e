// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// The tenant first that has used least for its weight, its jobs in order of submission.
///
///     use(t) = integral over s < t of  held(s) 2^(-(t - s) / h),    tenant = least  use(now) / weight
///
/// `held` is how many accelerators a tenant's jobs hold, and h the half-life of what it has used.
/// Between tenants that have used the same for their weight, the job that came first decides. The
/// first job by this order holds up the rest if it does not fit. What a pass starts is used from
/// then on, so that it does not change the order of that pass.
///
/// - Complexity: O(log n) for each job that comes or goes, and O(log n + m) for each that starts
///   and each pass in which one might, with m tenants that wait.
public struct FairShareQueue: PoolQueue {
  private struct Member: ForestValue {
    var place: JobPlace
    static var empty: Member { Member(place: .none) }
    mutating func gather(_ key: ForestKey, before: Member, behind: Member) {}
  }

  private struct Tenant: BitwiseCopyable {
    var use = DecayedUse()
    var weight = 1.0
    var line = OrderedForest<Member>.Root()
    /// Its use for its weight in the current pass.
    var claim = 0.0
  }

  public private(set) var book: QueueBook
  private let halfLife: Double
  private var forest = OrderedForest<Member>()
  private var tenants: [Tenant] = []
  private var indices: [Int32: Int] = [:]
  /// The tenants that have jobs that wait, in no order that means anything.
  private var waiting: [Int] = []

  /// A week, after which Slurm halves what was used too (`PriorityDecayHalfLife`).
  public static let defaultHalfLife: Int64 = 7 * 86_400_000_000_000

  init(count: Int, halfLife: Int64) {
    book = QueueBook(count: count)
    self.halfLife = Double(halfLife)
  }

  public mutating func submit(_ job: QueuedJob) {
    let place = book.enter(job)
    let index = index(of: job.tenant)
    tenants[index].weight = job.weight
    if tenants[index].line.isEmpty { waiting.append(index) }
    forest.insert(
      QueueRule.fairShare.key(of: job), Member(place: place), into: &tenants[index].line)
  }

  public mutating func end(_ id: JobID, at now: Int64) {
    let job = book.remove(book.place(of: id)).job
    tenants[index(of: job.tenant)].use.hold(-job.accelerators, from: now, halfLife: halfLife)
  }

  public mutating func withdraw(_ id: JobID) {
    leave(book.remove(book.place(of: id)).job)
  }

  public mutating func setCount(_ count: Int, at now: Int64) {
    book.count = count
  }

  public mutating func pass(at now: Int64, into decisions: inout QueueDecisions) {
    guard book.free > 0, !waiting.isEmpty else { return }
    for index in waiting {
      tenants[index].claim =
        tenants[index].use.value(at: now, halfLife: halfLife) / tenants[index].weight
    }
    while let place = head, book.fits(place) {
      let job = book[place].job
      leave(job)
      book.start(place, at: now)
      tenants[index(of: job.tenant)].use.hold(job.accelerators, from: now, halfLife: halfLife)
      decisions.started.append(job.id)
    }
  }

  /// What a tenant has used so far, in accelerator-seconds that decay.
  public func use(of tenant: Int32, at now: Int64) -> Double {
    guard let index = indices[tenant] else { return 0 }
    return tenants[index].use.value(at: now, halfLife: halfLife)
  }

  /// The job that goes first.
  private var head: JobPlace? {
    var best: (claim: Double, order: Int64, place: JobPlace)?
    for index in waiting {
      let claim = tenants[index].claim
      if let best, best.claim < claim { continue }
      guard let first = forest.first(of: tenants[index].line) else { continue }
      if let best, (best.claim, best.order) < (claim, first.key.minor) { continue }
      best = (claim, first.key.minor, first.value.place)
    }
    return best?.place
  }

  private mutating func leave(_ job: QueuedJob) {
    let index = index(of: job.tenant)
    forest.remove(QueueRule.fairShare.key(of: job), from: &tenants[index].line)
    guard tenants[index].line.isEmpty, let place = waiting.firstIndex(of: index) else { return }
    waiting.swapAt(place, waiting.count - 1)
    waiting.removeLast()
  }

  private mutating func index(of tenant: Int32) -> Int {
    if let index = indices[tenant] { return index }
    indices[tenant] = tenants.count
    tenants.append(Tenant())
    return tenants.count - 1
  }
}
