// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Policies

// By which path and channels a lightpath for a request goes, where a program outside says it.

extension Lighting {
  /// Has the program decide that does.
  func enlistPolicies() {
    guard let command = model.lightProgram else { return }
    var parts = GreetingParts()
    parts.add("slots") { $0.number(Int64(model.light.grid.count)) }
    parts.add("fibres") { writer in
      writer.list(model.light.plant.fibres) { fibre, writer in
        writer.member("{\"name\":", fibre.name)
        writer.member(",\"from\":", model.topology[fibre.first])
        writer.member(",\"to\":", model.topology[fibre.second])
        writer.raw(",\"km\":")
        writer.number(fibre.length.value)
        writer.raw("}")
      }
    }
    outside = world.programs.seam("lightpaths", by: command, telling: parts)
  }

  /// Serves a request as a program says; `reason` is why it is refused.
  func connect(
    _ request: Request, from source: Int, by seam: OutsideSeam, reason: inout String
  ) throws(RunError) -> Connection {
    let asked = LightRequest(
      source: request.source, target: request.target, rate: request.rate,
      protection: request.protection)
    var why = ""
    let answer = try light.connect(asked, at: now) {
      (options, left) throws(RunError) -> LightpathAnswer in
      let reply = try ask(seam, request, from: source, options, left: left)
      if case .refuse(let words) = reply { why = words }
      return try checked(reply, options, seam)
    }
    reason = why
    return answer
  }

  private func ask(
    _ seam: OutsideSeam, _ request: Request, from source: Int, _ options: [LightpathOption],
    left: Double
  ) throws(RunError) -> LightpathReply.Decision {
    let reply: LightpathReply = try seam.ask(at: now, parts: options.count) { _ in
    } question: { writer in
      writer.member(",\"request\":", name(of: request, from: source))
      writer.member(",\"from\":", model.topology.nodes[Int(request.source)])
      writer.member(",\"to\":", model.topology.nodes[Int(request.target)])
      writer.raw(",\"rate\":")
      writer.number(request.rate)
      writer.raw(",\"left\":")
      writer.number(left)
      if let hold = request.hold { writer.member(",\"hold\":", hold.nanoseconds) }
      writer.raw(",\"paths\":")
      writer.list(options) { add($0, to: &$1) }
    }
    return reply.decision
  }

  private func add(_ option: LightpathOption, to writer: inout MessageWriter) {
    writer.raw("{\"fibres\":")
    writer.list(option.path.fibres) { $1.text(model.light.plant[$0].name) }
    writer.raw(",\"km\":")
    writer.number(option.path.length.value)
    writer.member(",\"slots\":", Int64(option.slots))
    writer.raw(",\"line_rate\":")
    writer.number(option.lineRate)
    writer.raw(",\"free\":")
    writer.list(option.free) { run, writer in
      writer.list([run.lowerBound, run.upperBound]) { $1.number(Int64($0)) }
    }
    writer.raw("}")
  }

  private func checked(
    _ decision: LightpathReply.Decision, _ options: [LightpathOption], _ seam: OutsideSeam
  ) throws(RunError) -> LightpathAnswer {
    guard case .place(let path, let first) = decision else { return .refuse }
    guard let place = Int(exactly: path), options.indices.contains(place) else {
      throw seam.wrong("found the path \(path), expected one from 0 to \(options.count - 1)")
    }
    let option = options[place]
    // A number beyond all slots is no slot that is free.
    guard (0...Int64(Int32.max)).contains(first), option.isFree(from: Int(first)) else {
      let free = option.free.map { "\($0.lowerBound) to \($0.upperBound - Int(option.slots))" }
      throw seam.wrong(
        "found the first slot \(first), expected one with which \(option.slots) free ones begin on "
          + "the path \(path): \(free.joined(separator: ", "))")
    }
    return .place(option: place, first: Int(first))
  }
}
