// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator

/// Something of which a number may be built: channels of a link made of light, or lines of another.
struct BuildPart: Hashable, Sendable {
  var isLine: Bool
  /// The link, by name and by position in the topology, and the other way of it.
  var name: String
  var link: Int
  var back: Int?
  /// The position among the links made of light.
  var lit: Int?
  var price: Double
  /// What there is of it from the start, or has been built before.
  var there: Int
  /// How many more may be built; nil where there is no limit.
  var most: Int?

  var ways: [Int] { [link] + (back.map { [$0] } ?? []) }
}

extension BuildScreen {
  /// All links with what may be built there on top of an earlier build; where that is nothing the
  /// most is 0, and the price that of the dearest else.
  func parts(on existing: Build) -> [BuildPart] {
    let topology = site.model.topology
    let dearest = max(plan.channels?.price ?? 0, plan.lines?.price ?? 0)
    let lit = site.model.light.links.enumerated().map { index, link in
      let there = site.installed(link) + (existing.channels[link.name] ?? 0)
      let most = max(site.installed(link), plan.channels?.most ?? 0)
      return BuildPart(
        isLine: false, name: link.name, link: Int(link.forward.index),
        back: Int(link.back.index), lit: index,
        price: plan.channels.map { $0.price * Double(link.protection.lightpathsLit) } ?? dearest,
        there: there, most: plan.channels == nil ? 0 : max(0, most - there))
    }
    let own = ownLinks.map { link in
      BuildPart(
        isLine: true, name: topology.links[link].name, link: link,
        back: topology.links[link].reverse.map { Int($0.index) }, lit: nil,
        price: plan.lines?.price ?? dearest,
        there: existing.lines[topology.links[link].name] ?? 0, most: plan.lines == nil ? 0 : nil)
    }
    return lit + own
  }

  /// What a part carries each way without anything more, and what each one more adds at most.
  ///
  /// Channels of a link may have different rates: then each counts as the fastest of them, so that
  /// whatever is really carried is allowed.
  func room(of part: BuildPart, _ sums: [[Double]]) -> (there: Double, each: Double) {
    guard let lit = part.lit else {
      let own = site.model.topology.links[part.link].capacity.value
      return plan.lines.map { (own + Double(part.there) * $0.capacity, $0.capacity) } ?? (own, own)
    }
    let each = zip(sums[lit], sums[lit].dropFirst()).map { $1 - $0 }.max() ?? 0
    return (each * Double(part.there), each)
  }

  /// What channels and lines of a build cost on top of an earlier one.
  func cost(of build: Build, on existing: Build) -> Double {
    parts(on: existing).reduce(0) { sum, part in
      let now = (part.isLine ? build.lines : build.channels)[part.name] ?? 0
      let before = (part.isLine ? existing.lines : existing.channels)[part.name] ?? 0
      return sum + part.price * Double(max(0, now - before))
    }
  }
}
