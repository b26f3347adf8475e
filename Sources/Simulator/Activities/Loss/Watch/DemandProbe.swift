// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

/// The watch on a demand, which reads what is booked and never changes what happens.
struct DemandProbe {
  let name: String
  /// Nil until one of that name is laid: those of tokens are when they are first needed.
  fileprivate var demand: DemandID?
  fileprivate(set) var history: DemandHistory?
  fileprivate var booked = DemandAccount()

  init(_ name: String) {
    self.name = name
  }
}

extension Loss {
  private func findWatched() {
    guard let name = watch?.name,
      let index = book.demands.firstIndex(where: { $0.demand.name == name })
    else { return }
    let demand = book.demands[index].demand
    let route = model.routes[demand.route]
    watch?.demand = DemandID(index)
    watch?.history = DemandHistory(
      demand: demand.name, trafficClass: model.classes[demand.trafficClass].name,
      source: route.source.map { model.topology[$0] } ?? "",
      target: route.target.map { model.topology[$0] } ?? "")
  }

  /// Notes what became of the watched demand in the time that has just been booked.
  func lookAtDemand(since begin: SimTime) {
    if watch?.demand == nil { findWatched() }
    guard let probe = watch, let demand = probe.demand else { return }
    let state = book.demands[demand.index]
    let offered = state.account.offered - probe.booked.offered
    guard offered > 0 else { return }
    let lost = LossCause.allCases.map {
      state.account.lost[$0.position] - probe.booked.lost[$0.position]
    }
    watch?.history?.add(
      DemandHistory.Spell(
        from: begin, to: now, route: state.links.map { model.topology[$0].name },
        isDetour: state.links != model.routes[state.demand.route].links, offered: offered,
        delivered: state.account.delivered - probe.booked.delivered,
        lost: places(of: lost, on: state)))
    watch?.booked = state.account
  }

  /// What was lost to each cause, by the links of a demand as each of them loses to it.
  private func places(of lost: [Double], on state: DemandState) -> [DemandHistory.Place: Double] {
    var places: [DemandHistory.Place: Double] = [:]
    for cause in LossCause.allCases where lost[cause.position] > 0 {
      let parts = parts(of: cause, on: state)
      let all = parts.reduce(0, +)
      if all <= 0 { places[DemandHistory.Place(cause: cause, link: "")] = lost[cause.position] }
      for (link, part) in zip(state.links, parts) where part > 0 {
        let place = DemandHistory.Place(cause: cause, link: model.topology[link].name)
        places[place, default: 0] += lost[cause.position] * part / all
      }
    }
    return places
  }

  /// How much each link of a demand has to do with what is lost to a cause.
  private func parts(of cause: LossCause, on state: DemandState) -> [Double] {
    // The first link that is down takes all, and one that holds it to its share has the rest.
    let first: Int? =
      switch cause {
      case .failure: state.links.firstIndex { book.links[Int($0.index)].isDown }
      case .overload
      where !state.flowClass.isNone
        && world.fluid.flows(ofClass: state.flowClass.index) > 0:
        state.links.firstIndex { link in
          book.open.freeOverload(
            at: book.levels.place(of: link, for: state.demand.trafficClass)) > 0
        }
          ?? world.fluid.bottleneck(ofClass: state.flowClass.index).map {
            $0 % state.links.count
          }
      default: nil
      }
    if let first { return state.links.indices.map { $0 == first ? 1 : 0 } }
    var left = 1.0
    return state.links.enumerated().map { position, link in
      let place = book.levels.place(of: link, for: state.demand.trafficClass)
      let quality = book.links[place]
      let port =
        state.flowClass.isNone
        ? book.open.loss(at: place) : book.open.besideLoss(at: place)
      let part =
        switch cause {
        case .overload: port.overload
        case .queue: port.queue
        case .residual: quality.residual
        case .given: quality.given
        case .congestion, .failure: 0.0
        }
      defer { left *= 1 - part }
      return left * part
    }
  }
}
