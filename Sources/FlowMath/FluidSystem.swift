// SPDX-License-Identifier: GPL-3.0-or-later

/// Flows in progress over shared links: who gets how much, what is done and when, what held it back.
///
/// All flows of a class get the same rate, so a class keeps one number, its virtual time: the bits
/// served to each of its flows since it last stood empty. A flow that starts at virtual time v and
/// has b bits to send is done at v + b, whatever the rate does meanwhile; nothing of it changes
/// until then. That is why the price of an event does not grow with the number of flows.
///
/// Instants are nanoseconds. Callers hand in whole ones; a flow is done somewhere inside one, and
/// rates change at that very instant, so that rounding to the clock never bends a share.
///
/// The use of it, once for each instant at which something happens:
///
///     while let done = system.popFinished(by: now) { ... }
///     system.start(...); system.setCapacity(...)
///     system.settle()
///     schedule the next look at system.nextFinish
public struct FluidSystem: ~Copyable {
  var sharing: Sharing
  var progress = AlignedColumn<ClassProgress>()
  /// When the next flow of each active class will be done.
  var finishes = FinishTimes()
  /// The same of groups, where classes are in such.
  var groupFinishes = GroupFinishes()
  var choice = GroupChoice()
  var flows = FlowSlots()
  /// Time for which each path entry held its class, where flows are to say what held them.
  var heldTime = AlignedColumn<Double>()
  /// The same times the flows it held.
  var heldFlowTime = AlignedColumn<Double>()
  /// The part of `heldFlowTime` in which the link carried nothing at all; of entries behind its end none.
  var downFlowTime = AlignedColumn<Double>()
  /// Bits that each link had carried when `measureLinks` last looked.
  var carried = AlignedColumn<Double>()
  var sequence: UInt32 = 0
  /// The instant that all times below are counted from, moved on before they grow inexact.
  var origin: Int64 = 0
  /// The instant of the latest change, from which the next rates count, since `origin`.
  var changedAt = 0.0 { didSet { (measuredAt, isUnsettled) = (nil, false) } }
  var measuredAt: Int64?
  /// Whether links have another capacity than at that look; classes go on as they did until `settle`.
  var isUnsettled = false
  /// The classes whose rate may have changed since these were last taken, once anybody does so.
  var changedRates = AlignedColumn<Int32>()
  /// By class, the path entry that stands for its ceiling, once any class has another than its own.
  var ceilingEntries = AlignedColumn<Int32>()
  var notesRates = false
  /// Whether flows are to say what held them.
  let notesHolds: Bool
  /// Whether each flow that is done leaves all that held it, from `popFinished` to the next.
  public var tellsHolds = false
  public private(set) var lastHeld: [Double] = []

  /// A flow says what held it for longest only where `notingHolds`: that takes a number for each link of
  /// its path as long as it is under way.
  public init(layers: Int = 1, way: SharingWay = .asMeasured, notingHolds: Bool = true) {
    sharing = Sharing(layers: layers)
    notesHolds = notingHolds
    choice.forced = way
  }

  deinit {
    for index in 0..<progress.count { progress[index].heap.release() }
  }
}

// MARK: - Links, classes, flows

extension FluidSystem {
  /// Adds a link with a capacity in bits per second.
  public mutating func addLink(capacity: Double) -> Int {
    carried.append(0)
    return sharing.addLink(capacity: capacity)
  }

  /// Adds a class of flows that share a path and terms.
  public mutating func addClass(path: some Collection<Int>, terms: FlowTerms) -> Int {
    let index = sharing.addClass(path: path, terms: terms)
    if isGrouped, !sharing.canStayInGroups(with: terms) { leaveGroups() }
    progress.append(ClassProgress())
    finishes.addClass()
    if notesHolds { heldTime.resize(to: sharing.pathPort.count, filling: 0) }
    heldFlowTime.resize(to: sharing.pathPort.count, filling: 0)
    return index
  }

  /// Starts a flow, and returns the slot that is its own until it is done.
  public mutating func start(flowClass: Int, bits: Double, at nanoseconds: Int64) -> Int {
    precondition(bits > 0 && bits.isFinite, "a flow has something to send")
    let index = Int32(flowClass)
    moveOriginIfFar(from: nanoseconds)
    let now = instant(nanoseconds)
    changedAt = max(changedAt, now)
    if progress[index].flows == 0 {
      progress[index].virtualTime = 0
      progress[index].updatedAt = now
      progress[index].bookedTime = 0
      progress[index].bookedAt = now
    } else {
      advance(index, to: now)
      book(index)
      moveVirtualOriginIfFar(index)
    }
    let record = sharing.classes[index]
    let slot = flows.take(
      times: heldTime.base + Int(record.pathStart), count: trackedTimes(of: record))
    sequence &+= 1
    progress[index].flows += 1
    progress[index].heap.insert(
      HeapFlow(
        finish: progress[index].virtualTime + bits, slot: UInt32(slot), sequence: sequence))
    sharing.changeFlows(of: index, by: 1)
    if progress[index].flows == 1, !isGrouped { finishes.append(index) }
    return slot
  }

  /// The whole nanosecond by which the next flow will be done; nil where none will.
  ///
  /// It changes nothing; but called from a mutating function, a mere look would first copy the whole
  /// system, as the compiler has it.
  public var nextFinish: Int64? {
    mutating get {
      let next = leastFinish.rounded(.up)
      guard next < 0x1p63 else { return nil }
      let (nanoseconds, overflow) = origin.addingReportingOverflow(Int64(next))
      return overflow ? nil : nanoseconds
    }
  }

  /// Takes out the next flow that is done by an instant.
  ///
  /// Several may be done within the same nanosecond; they come in the order of their finish.
  public mutating func popFinished(by nanoseconds: Int64) -> FinishedFlow? {
    let finish = leastFinish
    guard finish <= instant(nanoseconds) else { return nil }
    let index = isGrouped ? firstInGroups() : finishes.first
    let seat = Int(sharing.classes[index].activeIndex)
    advance(index, to: finish)
    book(index)
    let flow = progress[index].heap.removeFirst()
    progress[index].flows -= 1
    // Days from the origin, instants are so coarse that it may have been served some bits too many.
    progress[index].sent -= (progress[index].virtualTime - flow.finish) / progress[index].yield
    changedAt = max(changedAt, finish)
    sharing.changeFlows(of: index, by: -1)
    if isGrouped {
      renewInGroup(index, at: finish)
    } else if progress[index].flows > 0 {
      finishes.set(seat, to: finishInstant(of: index))
    } else {
      finishes.remove(seat)
    }
    let bottleneck = longestHold(of: index, slot: Int(flow.slot))
    if tellsHolds { lastHeld = heldTimes(of: index, slot: Int(flow.slot)) }
    flows.giveBack(Int(flow.slot), count: trackedTimes(of: sharing.classes[index]))
    return FinishedFlow(
      slot: Int(flow.slot), flowClass: Int(index),
      nanoseconds: origin + Int64(finish.rounded()), bottleneck: bottleneck)
  }

  /// Shares the links anew after the changes since the last time.
  public mutating func settle() {
    if isGrouped { return settleGroups() }
    guard !sharing.touched.isEmpty || !sharing.disturbed.isEmpty else { return }
    if isUnsettled { measuredAt = nil }
    sharing.solve()
    let touched = sharing.touched.count
    shareOut()
    if sharing.canFormGroups { formGroupsIfTheyPay(touched: touched) }
  }

  /// Gives the classes that the solver touched their new rates.
  mutating func shareOut() {
    let updates = sharing.touched.count
    for position in 0..<updates {
      let index = sharing.touched[position]
      let finish = apply(index, at: changedAt)
      let seat = sharing.classes[index].activeIndex
      guard seat >= 0 else { continue }
      finishes.set(Int(seat), to: finish, amongUpdates: updates)
    }
    finishes.repair(afterUpdates: updates)
    sharing.startBatch()
    moveOriginIfFar(from: origin + Int64(changedAt))
  }
}

// MARK: - Virtual time

extension FluidSystem {
  /// An instant in nanoseconds since `origin`.
  func instant(_ nanoseconds: Int64) -> Double { Double(nanoseconds - origin) }

  /// Serves the flows of a class up to an instant at the rate they have.
  @inline(__always)
  mutating func advance(_ index: Int32, to now: Double) {
    let state = progress.base + Int(index)
    let elapsed = now - state.pointee.updatedAt
    guard elapsed > 0 else { return }
    if isGrouped {
      advanceInGroup(index, to: now)
    } else {
      state.pointee.virtualTime += state.pointee.rate * elapsed
    }
    state.pointee.updatedAt = now
  }

  /// Gives a class the rate that its level implies from an instant on.
  ///
  /// - Returns: the instant at which its next flow will be done.
  @inline(__always)
  private mutating func apply(_ index: Int32, at now: Double) -> Double {
    advance(index, to: now)
    let record = sharing.classes.base + Int(index)
    let state = progress.base + Int(index)
    guard record.pointee.flows > 0 else {
      state.pointee.rate = 0
      return .infinity
    }
    let rate =
      sharing.terms[index].rate(at: record.pointee.level) * 1e-9 * state.pointee.yield
    if notesRates, state.pointee.rate != rate { changedRates.append(index) }
    state.pointee.rate = rate
    let holder = ceilingEntries.isEmpty ? record.pointee.heldAt : namedHolder(of: index)
    setHolder(of: index, to: holder, isStill: rate == 0, at: now)
    return finishInstant(of: index)
  }

  /// Books a class up to an instant if something else holds it from then on: where its flows stand still, a
  /// link without capacity before all others.
  @inline(__always)
  mutating func setHolder(of index: Int32, to holder: Int32, isStill: Bool, at now: Double) {
    let out = isStill && sharing.linksOut > 0 ? firstOut(of: sharing.classes[index]) : nil
    let (heldBy, isDown) = (out ?? holder, out != nil)
    let state = progress.base + Int(index)
    guard state.pointee.heldBy != heldBy || state.pointee.isDown != isDown else { return }
    advance(index, to: now)
    book(index)
    state.pointee.heldBy = heldBy
    state.pointee.isDown = isDown
  }

  /// The first path entry that is a link without capacity; nil where none is.
  @inline(__always)
  func firstOut(of record: SharingClass) -> Int32? {
    for entry in record.pathStart..<record.pathStart + record.hops
    where sharing.linkCapacity[sharing.link(ofEntry: Int(entry))] == 0 {
      return entry
    }
    return nil
  }

  @inline(__always)
  func finishInstant(of index: Int32) -> Double {
    let state = progress.base + Int(index)
    guard state.pointee.flows > 0, state.pointee.rate > 0 else { return .infinity }
    let left = (state.pointee.heap.first.finish - state.pointee.virtualTime) / state.pointee.rate
    return state.pointee.updatedAt + (left > 0 ? left : 0)
  }

  /// Counts virtual time from the present again before small flows get lost beside it.
  ///
  /// A number near 2^40 is exact to 2^-12 bits. The order of the flows stays as it is.
  mutating func moveVirtualOriginIfFar(_ index: Int32) {
    let shift = progress[index].virtualTime
    guard shift > 0x1p40 else { return }
    progress[index].heap.shift(by: shift)
    progress[index].virtualTime = 0
    progress[index].bookedTime -= shift
  }

  /// Moves the origin to an instant where instants near it would need more bits than a number has.
  mutating func moveOriginIfFar(from nanoseconds: Int64) {
    guard nanoseconds - origin > 1 << 50 else { return }
    let shift = Double(nanoseconds - origin)
    origin = nanoseconds
    changedAt -= shift
    for index in 0..<progress.count {
      progress[index].updatedAt -= shift
      progress[index].bookedAt -= shift
    }
    if isGrouped { return moveGroupOrigin(by: shift) }
    let active = sharing.active.count
    for seat in 0..<active {
      // What is not done by now is done later, whatever rounding says of it.
      let finish = max(0, changedAt, finishInstant(of: sharing.active[seat]))
      finishes.set(seat, to: finish, amongUpdates: active)
    }
    finishes.repair(afterUpdates: active)
  }
}
