// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Policies
internal import Traffic

/// A program outside that says which elastic flows of some entries are let in.
final class AdmissionOutside {
  private let seam: OutsideSeam
  /// Flows that were let in and are over since it was told of any.
  private var ended: [String] = []

  init(_ seam: OutsideSeam) {
    self.seam = seam
  }

  func flowEnds(named name: String) { ended.append(name) }

  func ask(
    at now: SimTime, about flow: (inout MessageWriter) -> Void
  ) throws(RunError) -> AdmissionReply {
    let told = ended
    ended.removeAll()
    return try seam.ask(at: now, parts: 1) { writer in
      guard !told.isEmpty else { return }
      writer.member("{\"type\":\"changed\",\"t\":", now.nanoseconds)
      writer.raw(",\"ended\":")
      writer.list(told) { $1.text($0) }
      writer.raw("}")
      writer.endLine()
    } question: { writer in
      flow(&writer)
    }
  }

  func call(_ reply: AdmissionReply, after now: SimTime) throws(RunError) -> SimTime? {
    try seam.call(at: reply.callAt, after: now)
  }

  func wrong(_ problem: String) -> RunError { seam.wrong(problem) }
}

extension Elastic {
  /// Does what a program says of a flow that has come, or waits in line; whether that is to wait.
  func admit(_ index: ElasticID, asking policy: AdmissionOutside) throws(RunError) -> Bool {
    let flow = book[index]
    let wish = flow.wish
    let tiers = book.entries[flow.entry].tiers
    let fitting = tiers.indices.filter { tier in
      tiers[tier].floor <= tiers[flow.asked].floor && fullLink(for: tier, of: wish) == nil
    }
    if book[index].fullLink == nil { book[index].fullLink = fullLink(for: flow.asked, of: wish) }
    let reply = try policy.ask(at: now) { describe(flow, fitting: fitting, to: &$0) }
    if let call = try policy.call(reply, after: now) {
      world.plan(.elastic(.policyIsCalled), at: call)
    }
    switch reply.decision {
    case .accept(let name, let begin):
      let tier = try accepted(name, of: flow, among: fitting, policy)
      let start = try beginning(begin, of: flow, policy)
      let decision = decision(on: flow, as: tier)
      try letIn(index, as: tier, decision, beginning: start)
    case .wait: return true
    case .refuse(let reason):
      try note(.flowRefused, world.names.text(of: flow.record.name), reason)
      try refuse(index)
    }
    return false
  }

  private func decision(on flow: ElasticFlow, as tier: Int) -> AdmissionDecision {
    guard tier == flow.asked else { return .shrink }
    return now > flow.record.arrival ? .postpone : .accept
  }

  private func accepted(
    _ name: String, of flow: ElasticFlow, among fitting: [Int], _ policy: AdmissionOutside
  ) throws(RunError) -> Int {
    let tiers = book.entries[flow.entry].tiers
    guard let tier = tiers.firstIndex(where: { $0.name == name }) else {
      throw policy.wrong("found the tier \"\(name)\", expected one of the entry of the flow")
    }
    guard fitting.contains(tier) else {
      let flow = world.names.text(of: flow.record.name)
      throw policy.wrong(
        "found the tier \"\(name)\" for the flow \"\(flow)\", expected one of those that fit: "
          + (fitting.isEmpty ? "none" : fitting.map { tiers[$0].name }.joined(separator: ", ")))
    }
    return tier
  }

  private func beginning(
    _ time: Int64?, of flow: ElasticFlow, _ policy: AdmissionOutside
  ) throws(RunError) -> SimTime? {
    guard let time else { return nil }
    guard time >= now.nanoseconds, time < SimTime.distantFuture.nanoseconds / 2 else {
      throw policy.wrong(
        "found begin \(time), expected a time from \(now.nanoseconds) on")
    }
    return SimTime(nanoseconds: time)
  }

  private func describe(
    _ flow: ElasticFlow, fitting: [Int], to writer: inout MessageWriter
  ) {
    let entry = book.entries[flow.entry]
    writer.member(",\"flow\":", world.names.text(of: flow.record.name))
    writer.member(",\"of\":", entry.generator.name)
    writer.raw(",\"bytes\":")
    writer.number(flow.record.bytes)
    writer.member(",\"asked\":", entry.tiers[flow.asked].name)
    writer.member(",\"arrived\":", flow.record.arrival.nanoseconds)
    if let deadline = flow.deadline { writer.member(",\"deadline\":", deadline.nanoseconds) }
    writer.raw(",\"links\":")
    writer.list(flow.links) { $1.text(model.topology.links[Int($0.index)].name) }
    writer.raw(",\"fits\":")
    writer.list(fitting) { $1.text(entry.tiers[$0].name) }
  }
}
