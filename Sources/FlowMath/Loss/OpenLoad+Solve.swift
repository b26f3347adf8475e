// SPDX-License-Identifier: GPL-3.0-or-later

extension OpenLoad {
  static let mostRounds = 1000

  /// Works out what arrives where, and what becomes of it.
  ///
  /// - Returns: the rounds it took.
  /// - Complexity: O(path entries + links to which something comes) for each round, a law for each
  ///   link that changes, and a look at each link.
  @discardableResult
  public mutating func solve(_ law: QueueLaw, tolerance: Double = 1e-12) -> Int {
    listAwake()
    let rounds = takeRounds(law, tolerance)
    letRest()
    return rounds
  }

  private mutating func takeRounds(_ law: QueueLaw, _ tolerance: Double) -> Int {
    for seat in 0..<awake.count {
      let place = Int(awake[seat])
      load[place].pass = load[place].capacity > 0 ? load[place].onward : 0
      load[place].move = 0
    }
    var step = 1.0
    for round in 1...OpenLoad.mostRounds {
      collect()
      lose(by: law, step)
      let moved = movePasses(by: step)
      if moved.most <= tolerance { return round }
      guard round > ranks * streams.longest else { continue }
      if moved.mostThatCounts <= 100 * tolerance { return round }
      step = moved.swings ? 0.7 * step : min(1, 1.1 * step)
    }
    return OpenLoad.mostRounds
  }

  /// Lists the places that can change; those of ranks always can.
  private mutating func listAwake() {
    awake.removeAll()
    for link in 0..<links where isAwake[link] { awake.append(Int32(link)) }
    awakeLinks = awake.count
    for place in links..<load.count { awake.append(Int32(place)) }
  }

  /// Leaves out from now on what no stream crosses, and where another answer would find the same.
  private mutating func letRest() {
    for seat in 0..<awakeLinks {
      let link = Int(awake[seat])
      isAwake[link] = isCrossed[link] || !load[link].isAtRest
    }
  }

  /// Sends all streams along their paths.
  private mutating func collect() {
    for seat in 0..<awake.count { load[Int(awake[seat])].removeArrivals() }
    for stream in 0..<streams.count {
      if streams.share[stream] < .infinity { collectBeside(stream) } else { collectAhead(stream) }
    }
  }

  private mutating func collectAhead(_ stream: Int) {
    var rate = streams.rate[stream]
    let variability = streams.variability[stream]
    for entry in streams.start[stream]..<streams.start[stream + 1] {
      let place = Int(streams.path[entry])
      load[place].ahead += rate
      load[place].bursts += rate * variability
      rate *= load[place].pass
    }
  }

  private mutating func collectBeside(_ stream: Int) {
    var rate = streams.rate[stream]
    let variability = streams.variability[stream]
    for entry in streams.start[stream]..<streams.start[stream + 1] {
      let place = Int(streams.path[entry])
      let isHeld = streams.holder[stream] == entry
      load[place].bursts += rate * variability
      if isHeld { load[place].held += rate } else { load[place].free += rate }
      let lost = load[place].besideLoss(of: rate, share: isHeld ? streams.share[stream] : nil)
      let fits = rate * (1 - lost.overload)
      load[place].fitted += fits
      load[place].passed += fits * (1 - lost.queue)
      rate = fits * (1 - lost.queue) * load[place].onward
    }
  }

  // MARK: - Laws

  private mutating func lose(by law: QueueLaw, _ step: Double) {
    for seat in 0..<awakeLinks {
      let link = Int(awake[seat])
      load[link].room = load[link].capacity
      queues.offer(
        load[link].offered, to: link, servedAt: load[link].capacity,
        arrivalVariability: load[link].variability)
    }
    queues.evaluateChanged(law)
    for seat in 0..<awakeLinks {
      let link = Int(awake[seat])
      let loss = counted(queues.answer(to: link).loss)
      let ofAhead = lossAhead(at: link, loss, by: law, of: queues[link])
      load[link].take(loss, ofAhead: ofAhead, by: step)
    }
    loseByRank(law, step)
  }

  /// What streams ahead lose at a place: at most as on a full link, where it is others that overload it.
  private func lossAhead(
    at place: Int, _ loss: Double, by law: QueueLaw, of queue: @autoclosure () -> QueueLoad
  ) -> Double {
    let most = max(load[place].ahead, load[place].room)
    guard load[place].offered > most, load[place].ahead > 0, load[place].room > 0 else {
      return loss
    }
    var queue = queue()
    guard queue.capacity_bit_s > 0 else { return loss }
    queue.offered_bit_s = most
    return min(loss, counted(law.loss(of: queue)))
  }

  private mutating func loseByRank(_ law: QueueLaw, _ step: Double) {
    guard links < load.count else { return }
    for place in links..<load.count {
      ranked.offer(
        load[place].offered, to: (place - links) / ranks, (place - links) % ranks,
        servedAt: load[place].capacity, arrivalVariability: load[place].variability)
    }
    ranked.evaluateChanged(law)
    var taken = 0.0
    for place in links..<load.count {
      let (link, rank) = ((place - links) / ranks, (place - links) % ranks)
      if rank == 0 { taken = 0 }
      load[place].room = max(0, load[place].capacity - taken)
      let loss = counted(ranked.answer(to: link, rank).loss)
      let ofAhead = lossAhead(
        at: place, loss, by: rank == 0 ? law : .twoMoments, of: ranked.queue(of: rank, at: link))
      load[place].take(loss, ofAhead: ofAhead, by: step)
      taken += load[place].carried + load[place].passed
    }
  }

  /// A loss that a packet in a century meets counts as none.
  private func counted(_ loss: Double) -> Double { loss > OpenLoad.leastLoss ? loss : 0 }

  static let leastLoss = 1e-15

  /// Moves the passes towards what the laws say; tells how far they were off, and if they swing.
  private mutating func movePasses(by step: Double) -> PassMoves {
    var moves = PassMoves()
    for seat in 0..<awake.count {
      let place = Int(awake[seat])
      let now = load[place].capacity > 0 ? (1 - load[place].loss) * load[place].onward : 0
      let move = now - load[place].pass
      moves.note(
        max(abs(move), hasBeside ? load[place].besideMove : 0), load: load[place].loadRatio)
      moves.along += load[place].loadRatio * move * load[place].move
      load[place].move = move
      load[place].pass = step == 1 ? now : load[place].pass + step * move
    }
    return moves
  }
}

/// How far the passes of a round were off.
private struct PassMoves {
  var most = 0.0
  /// The same where there is something to pass: a millionth of nothing has any loss.
  var mostThatCounts = 0.0
  var along = 0.0

  /// Whether they go back to where they came from.
  var swings: Bool { along < 0 }

  mutating func note(_ move: Double, load: Double) {
    most = max(most, move)
    mostThatCounts = max(mostThatCounts, move * min(1, 1e3 * load))
  }
}
