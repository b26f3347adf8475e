// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// The watch on a single flow. It reads and never changes what happens.

extension World {
  /// Ends the run where it stands, for what it has seen of the watched flow.
  ///
  /// Nil where no flow was watched, or none of that name has arrived.
  public func endWatch() -> FlowProbe? {
    guard var watched = probe, watched.arrival != nil else { return nil }
    if watched.finish == nil {
      watched.close(at: model.duration.map { max(now, .zero + $0) } ?? now)
    }
    return watched
  }

  func watchArrival(_ record: FlowRecord, flowClass index: FlowClassID) {
    guard probe?.arrival == nil, probe?.flow == names.text(of: record.name) else { return }
    let flowClass = flowClasses[index]
    probe?.arrival = record.arrival
    probe?.bytes = record.bytes
    let trafficClass = model.classes[flowClass.trafficClass].name
    probe?.trafficClass = trafficClass
    probe?.path = pathNames(of: index)
    if flowClass.delay > .zero { probe?.note(.delay, rate: 0, at: now) }
  }

  func watchStart(_ record: FlowRecord, slot: Int, flowClass: FlowClassID) {
    guard let watched = probe, watched.slot == nil, watched.finish == nil,
      watched.arrival == record.arrival, watched.flow == names.text(of: record.name)
    else { return }
    probe?.slot = slot
    probe?.flowClass = flowClass
    // Over a fabric its path is known from now on; of a flow in parts it is that of the first.
    if flowClasses[flowClass].path != nil { probe?.path = pathNames(of: flowClass) }
  }

  private func pathNames(of flowClass: FlowClassID) -> [String] {
    flowClasses.route(of: flowClass).links.map { model.topology[$0].name }
  }

  /// The watched flow waits for a window that it has booked.
  func watchBooking(of record: FlowRecord) {
    guard let watched = probe, watched.arrival == record.arrival,
      watched.flow == names.text(of: record.name)
    else { return }
    probe?.slot = nil
    probe?.note(.reservation, rate: 0, at: now)
  }

  /// The watched flow goes on over another flow class.
  func watchMove(to slot: Int, flowClass: FlowClassID) {
    probe?.slot = slot
    probe?.flowClass = flowClass
  }

  /// The watched flow has sent its last bit, and waits for what was lost of its end.
  func watchRepairs(of tail: MessageTail) {
    probe?.slot = nil
    probe?.note(.loss(model.topology[tail.link].name), rate: 0, at: now)
  }

  func watchFinish(at finish: SimTime) {
    probe?.close(at: finish)
    probe?.finish = finish
    probe?.slot = nil
  }

  /// Notes what holds the watched flow from now on.
  func watch() {
    guard let watched = probe, watched.slot != nil else { return }
    // Of a flow in parts, which are alike, one is watched.
    let rate = fluid.rate(ofClass: watched.flowClass.index) / flowClasses[watched.flowClass].share
    let hold = hold(on: watched.flowClass)
    probe?.note(hold, rate: rate, at: now)
  }

  private func hold(on flowClass: FlowClassID) -> FlowProbe.Stretch.Hold {
    let path = flowClasses.route(of: flowClass).links
    if let down = path.first(where: { links.isDown($0) }) {
      return .failed(model.topology[down].name)
    }
    guard let position = fluid.bottleneck(ofClass: flowClass.index) else {
      return loss.isOn && flowClass.index < loss.flowClasses.count
        ? limit(loss.flowClasses[flowClass.index].limit) : .ceiling
    }
    let name = model.topology[path[position % path.count]].name
    return position < path.count ? .link(name) : .buffer(name)
  }

  private func limit(_ limit: TransportLimit) -> FlowProbe.Stretch.Hold {
    switch limit {
    case .ceiling: .ceiling
    case .window: .window
    case .loss(let link, _): .loss(model.topology[link].name)
    }
  }
}
