// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

/// What flow classes had sent over a watched link when it was looked at last.
///
/// What passes between two looks is the difference of what has been sent by then, whatever went on in
/// between: flows may begin and end there without being seen.
struct LinkCrossings {
  struct Seen {
    var bits = 0.0
    var flowSeconds = 0.0
    /// Who was under way on the class, and who has begun since.
    var kinds: [LinkUserKey.Kind: Int] = [:]
  }

  /// By flow class.
  var seen: [Int: Seen] = [:]
}

extension World {
  /// What has crossed a link since it was looked at last, as means over that time.
  func passed(
    over link: LinkID, since begin: SimTime, upTo end: SimTime
  ) -> [(key: LinkUserKey, value: MeanUse)] {
    let seconds = (end - begin).seconds
    var uses: [LinkUserKey: MeanUse] = [:]
    for flowClass in flowClasses.over(link) {
      let index = flowClass.index
      let last = linkProbe?.crossings.seen[index] ?? LinkCrossings.Seen()
      let flowSeconds = fluid.flowSeconds(ofClass: index, at: end.nanoseconds)
      let underWay = kinds(on: flowClass)
      guard flowSeconds > last.flowSeconds || !underWay.isEmpty else { continue }
      let bits = fluid.sentBits(ofClass: index, at: end.nanoseconds)
      linkProbe?.crossings.seen[index] = LinkCrossings.Seen(
        bits: bits, flowSeconds: flowSeconds, kinds: underWay)
      let kinds = last.kinds.isEmpty ? underWay : last.kinds
      let all = Double(kinds.values.reduce(0, +)) * seconds
      guard all > 0 else { continue }
      for (kind, count) in kinds {
        let part = Double(count) / all
        let flows = (flowSeconds - last.flowSeconds) * part
        uses[key(of: flowClass, kind), default: MeanUse()].add(
          MeanUse(
            rate: (bits - last.bits) * part, ceiling: flows * flowClasses[flowClass].ceiling,
            flows: flows), seconds: 1)
      }
    }
    for load in loadsBesideFlows(on: link) {
      uses[load.key, default: MeanUse()].rate += load.rate
    }
    return uses.inOrder
  }
}
