// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic

// Demands whose rates somebody else sets as the run goes.

/// What a demand is to send from now on, in bit/s.
struct DemandRate {
  var demand: Int
  var rate: Double
}

extension Loss {
  /// Lays a demand that sends nothing until it is told to; gives its position.
  ///
  /// Its `rate` is the most that is expected of it: what others keep free for it.
  func layDemand(_ demand: Demand) -> Int {
    var state = DemandState(demand)
    let home = model.routes[demand.route]
    state.route = world.standingRoute(from: home, model.classes[demand.trafficClass]) ?? home
    book.demands.append(state)
    addStream(of: state)
    return book.demands.count - 1
  }

  /// Has demands send what they are told.
  func setDemands(_ rates: [DemandRate]) throws(RunError) {
    let moved = rates.filter { book.demands[$0.demand].rate != $0.rate }
    guard !moved.isEmpty else { return }
    try bookDemands()
    for change in moved {
      setRate(of: change.demand, to: change.rate)
      if change.rate > book.demands[change.demand].demand.rate.value {
        book.demands[change.demand].demand.rate = BitsPerSecond(change.rate)
      }
    }
    try world.tell(.demandsChanged)
    book.noteChange()
  }
}
