// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Simulator

/// What goes where under a failure, whatever links carry.
struct ScreenedLoad: Sendable {
  /// Streams with the links that they take under it; those without a way are left out.
  var streams: [ScreenedStream]
  /// By hour and class, what has no way left.
  var stranded: [[Double]]
  /// By lit link, what its first circuits carry: none of them, one, two and so on.
  var sums: [[Double]]
  /// By link of the topology.
  var isDown: [Bool]
}

extension Screening {
  func load(under failure: Failure) -> ScreenedLoad {
    let standing = light.standing(without: failure.fibres)
    let isDown = downLinks(failure, standing)
    var down = DownLinks(model, isDown: isDown)
    let move = move(around: &down)
    let tokens = tokens(around: &down)
    let lost = Set(move.stranded)
    var stranded = Array(
      repeating: [Double](repeating: 0, count: model.classes.count), count: hours.count)
    var streams: [ScreenedStream] = []
    for (index, stream) in traffic.streams.enumerated() {
      guard !lost.contains(index) else {
        for hour in 0..<hours.count { stranded[hour][stream.trafficClass] += stream.rates[hour] }
        continue
      }
      var moved = stream
      moved.links = move.detours[index] ?? stream.links
      streams.append(moved)
    }
    return ScreenedLoad(
      streams: streams + tokens.streams, stranded: stranded, sums: standing.sums, isDown: isDown)
  }
}
