// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies

/// A program outside that says what the elastic flows of some entries get.
///
/// It is told which flows send, what is left of each, and what their links have room for, where that
/// has changed. It answers in which order they take what they can, and which get just so much.
final class BandwidthOutside {
  private let seam: OutsideSeam
  private var told: [String: Flow] = [:]
  private var rooms: [Int32: Double] = [:]

  /// A flow that sends.
  struct Flow {
    var name: String
    /// Bits that are left of it.
    var left: Double
    var floor: Double
    var ceiling: Double
    /// The positions of the links that it takes.
    var links: [Int32]
  }

  /// What a flow is to have: just so much beyond its floor, or all that it can.
  struct Share {
    /// Its place among the flows of the question.
    var flow: Int
    var beyondFloor: Double?
  }

  /// How what is asked about is called and described.
  struct Words {
    var link: (Int32) -> String
    /// Members of a flow that never change.
    var details: (Int, inout MessageWriter) -> Void
  }

  init(_ seam: OutsideSeam) {
    self.seam = seam
  }

  /// Asks about all flows that send; `room` is what links have left for them beyond their floors.
  func ask(
    about flows: [Flow], at now: SimTime, room: (Int32) -> Double, _ words: Words
  ) throws(RunError) -> (shares: [Share], callAt: SimTime?) {
    let reply: BandwidthReply = try seam.ask(at: now, parts: flows.count) { writer in
      addNews(flows, at: now, room, words, to: &writer)
    } question: { _ in
    }
    let check = BandwidthCheck(seam: seam, flows: flows, link: words.link)
    return (try check.shares(reply, room), try seam.call(at: reply.callAt, after: now))
  }

  // MARK: - What has changed

  private func addNews(
    _ flows: [Flow], at now: SimTime, _ room: (Int32) -> Double, _ words: Words,
    to writer: inout MessageWriter
  ) {
    let before = told
    told = Dictionary(flows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let gone = before.keys.filter { told[$0] == nil }.sorted()
    let changed = flows.indices.filter { index in
      before[flows[index].name].map {
        $0.left != flows[index].left || $0.links != flows[index].links
      }
        ?? true
    }
    let links = newRooms(of: flows, room)
    guard !changed.isEmpty || !gone.isEmpty || !links.isEmpty else { return }
    writer.member("{\"type\":\"changed\",\"t\":", now.nanoseconds)
    writer.raw(",\"flows\":")
    writer.list(changed) { add(flows[$0], $0, before: before[flows[$0].name], words, to: &$1) }
    writer.raw(",\"gone\":")
    writer.list(gone) { $1.text($0) }
    writer.raw(",\"links\":")
    writer.list(links) { place, writer in
      writer.member("{\"link\":", words.link(place))
      writer.raw(",\"room\":")
      writer.number(room(place))
      writer.raw("}")
    }
    writer.raw("}")
    writer.endLine()
  }

  private func add(
    _ flow: Flow, _ index: Int, before: Flow?, _ words: Words, to writer: inout MessageWriter
  ) {
    writer.member("{\"flow\":", flow.name)
    if before == nil { words.details(index, &writer) }
    if before?.left != flow.left {
      writer.raw(",\"left\":")
      writer.number(flow.left)
    }
    if before?.links != flow.links {
      writer.raw(",\"links\":")
      writer.list(flow.links) { $1.text(words.link($0)) }
    }
    writer.raw("}")
  }

  /// The links on which flows find another room than when they were told of last.
  private func newRooms(of flows: [Flow], _ room: (Int32) -> Double) -> [Int32] {
    let links = Set(flows.flatMap(\.links)).sorted()
    let changed = links.filter { rooms[$0] != room($0) }
    for link in changed { rooms[link] = room(link) }
    return changed
  }
}
