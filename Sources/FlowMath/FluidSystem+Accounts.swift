// SPDX-License-Identifier: GPL-3.0-or-later

// What held flows back, and what links have carried.

extension FluidSystem {
  /// Books what the flows of a class sent and what held them, up to where they have advanced.
  @inline(__always)
  mutating func book(_ index: Int32) {
    let state = progress[index]
    let flows = Double(state.flows)
    let elapsed = state.updatedAt - state.bookedAt
    if notesHolds { heldTime[state.heldBy] += elapsed }
    heldFlowTime[state.heldBy] += elapsed * flows
    if state.isDown { bookDown(elapsed * flows, at: state.heldBy) }
    let served = (state.virtualTime - state.bookedTime) * flows
    progress[index].sent += served / state.yield
    progress[index].sentAgain += served / state.yield - served
    progress[index].bookedTime = state.virtualTime
    progress[index].bookedAt = state.updatedAt
  }

  @inline(never)
  private mutating func bookDown(_ flowTime: Double, at entry: Int32) {
    downFlowTime.resize(to: max(downFlowTime.count, Int(entry) + 1), filling: 0)
    downFlowTime[entry] += flowTime
  }

  /// The number of times that a flow has to remember: one a link, and one for its ceiling; none where
  /// it need not say what held it.
  func trackedTimes(of record: SharingClass) -> Int {
    notesHolds ? Int(record.hops) + (record.limit < .infinity ? 1 : 0) : 0
  }

  /// The position on the path of the link that held a flow back for longest, nil for its ceiling, and
  /// where that is not noted.
  ///
  /// The class must have been booked up to the present. Equal times go to the first link.
  ///
  /// Inlined, because a call from a mutating function would first copy the whole system.
  @inline(__always)
  func longestHold(of index: Int32, slot: Int) -> Int? {
    guard notesHolds else { return nil }
    let record = sharing.classes[index]
    let held = heldTime.base + Int(record.pathStart)
    let before = flows.heldAtStart(slot)
    var longest = 0
    for entry in 0..<trackedTimes(of: record)
    where held[entry] - before[entry] > held[longest] - before[longest] {
      longest = entry
    }
    return longest < Int(record.hops) ? longest : nil
  }

  /// For how long each place of its path held a flow, and behind them its ceiling; none where that is not
  /// noted.
  ///
  /// The class must have been booked up to the present.
  func heldTimes(of index: Int32, slot: Int) -> [Double] {
    guard notesHolds else { return [] }
    let record = sharing.classes[index]
    let held = heldTime.base + Int(record.pathStart)
    let before = flows.heldAtStart(slot)
    let tracked = trackedTimes(of: record)
    return (0...Int(record.hops)).map { $0 < tracked ? held[$0] - before[$0] : 0 }
  }

  /// The rate at which each flow of a class comes forward, in bits per second.
  public func rate(ofClass index: Int) -> Double { rate(of: Int32(index)) * 1e9 }

  /// The same, for whoever asks of many: a call that could change nothing would first copy the whole
  /// system, as the compiler has it.
  public mutating func currentRate(ofClass index: Int) -> Double { rate(of: Int32(index)) * 1e9 }

  /// Tells the classes whose rate may have changed since this was last asked, some perhaps twice.
  ///
  /// - Returns: false where it may be any of them: the first time.
  public mutating func takeChangedRates(into classes: inout [Int32]) -> Bool {
    let areKnown = notesRates
    classes.removeAll(keepingCapacity: true)
    for place in 0..<changedRates.count { classes.append(changedRates[place]) }
    changedRates.removeAll()
    notesRates = true
    return areKnown
  }

  /// The number of flows of a class in progress.
  public func flows(ofClass index: Int) -> Int { Int(progress[index].flows) }

  /// The bits that a link had carried since the start of the run at the last `measureLinks`.
  public func carriedBits(of link: Int) -> Double { carried[link] }

  /// Adds up what each link has carried up to an instant; a look that changes nothing else.
  ///
  /// Links that are looked at one by one in an instant, as those with automatic capacity are, cost
  /// one sum over all classes and not one each: `measuredAt` is the instant of the latest look, as
  /// long as nothing has changed since.
  public mutating func measureLinks(at nanoseconds: Int64) {
    isUnsettled = false
    guard measuredAt != nanoseconds else { return }
    measuredAt = nanoseconds
    for link in 0..<carried.count { carried[link] = 0 }
    for index in 0..<Int32(progress.count) {
      let bits = sentBits(ofClass: Int(index), at: nanoseconds)
      guard bits != 0 else { continue }
      let record = sharing.classes[index]
      for hop in Int(record.pathStart)..<Int(record.pathStart + record.hops) {
        carried[sharing.link(ofEntry: hop)] += bits
      }
    }
  }

  /// The time that flows of a class have been under way up to an instant, in seconds summed over them; a
  /// look that changes nothing.
  public func flowSeconds(ofClass index: Int, at nanoseconds: Int64) -> Double {
    let (record, state) = (sharing.classes[index], progress[index])
    var booked = 0.0
    for entry in Int(record.pathStart)...Int(record.pathStart + record.hops) {
      booked += heldFlowTime[entry]
    }
    let since = max(0, instant(nanoseconds) - state.bookedAt) * Double(state.flows)
    return (booked + since) * 1e-9
  }

  /// Advances and books all classes to an instant, and measures the links there.
  public mutating func flush(to nanoseconds: Int64) {
    let now = instant(nanoseconds)
    for index in 0..<Int32(progress.count) where progress[index].flows > 0 {
      advance(index, to: now)
      book(index)
    }
    measuredAt = nil
    measureLinks(at: nanoseconds)
  }

  /// A flow still in progress, and the bits it has yet to send.
  public struct RunningFlow: Sendable {
    public var slot: Int
    public var flowClass: Int
    public var bitsLeft: Double
    public var bottleneck: Int?
    /// All that held it, where `tellsHolds`.
    public var held: [Double]
  }

  /// Calls `body` for each flow in progress; `flush` must have come first.
  public func forEachRunningFlow(_ body: (RunningFlow) -> Void) {
    for index in 0..<Int32(progress.count) {
      let served = progress[index].virtualTime
      progress[index].heap.forEach { flow in
        body(
          RunningFlow(
            slot: Int(flow.slot), flowClass: Int(index), bitsLeft: max(0, flow.finish - served),
            bottleneck: longestHold(of: index, slot: Int(flow.slot)),
            held: tellsHolds ? heldTimes(of: index, slot: Int(flow.slot)) : []))
      }
    }
  }

  /// For how long an entry of a path held the flows of a class, in seconds summed over flows.
  public struct HeldSeconds: Sendable {
    /// By a link that was full, or by the class's own ceiling.
    public var full: Double
    /// By a link that had no capacity at all.
    public var down: Double
  }

  /// How many links the path of a class has.
  ///
  /// It changes nothing, as the next; but a mere look would first copy the whole system, as the compiler
  /// has it.
  public mutating func hops(ofClass index: Int) -> Int { Int(sharing.classes[index].hops) }

  /// For how long an entry of its path has held the flows of a class so far; `flush` must have come
  /// first.
  ///
  /// There is one entry for each link of the path, and behind them one for its own ceiling.
  public mutating func heldSeconds(ofClass index: Int, at hop: Int) -> HeldSeconds {
    let entry = Int(sharing.classes[index].pathStart) + hop
    let down = entry < downFlowTime.count ? downFlowTime[entry] * 1e-9 : 0
    return HeldSeconds(full: max(0, heldFlowTime[entry] * 1e-9 - down), down: down)
  }

  /// For how long flows of a class were held by its own ceiling, summed over them.
  public func secondsAtCeiling(ofClass index: Int) -> Double {
    let record = sharing.classes[index]
    return max(0, heldFlowTime[Int(record.pathStart) + Int(record.hops)] * 1e-9)
  }

  /// The position on its path of the link that holds a class now, or nil for its ceiling.
  public func bottleneck(ofClass index: Int) -> Int? {
    let record = sharing.classes[index]
    let position = Int(progress[index].heldBy - record.pathStart)
    return position < Int(record.hops) ? position : nil
  }
}

extension Sharing {
  /// The link of a path entry.
  ///
  /// With one layer, as most have, it is its port: a division would take longer than all else that is
  /// done with it.
  @inline(__always)
  func link(ofEntry entry: Int) -> Int {
    let port = Int(pathPort[entry])
    return layers == 1 ? port : port / layers
  }
}
