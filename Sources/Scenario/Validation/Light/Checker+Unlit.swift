// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator
internal import YAMLReader

/// A link made of light of which not all channels can be lit, and why.
struct UnlitLink {
  var link: LitLink
  /// The channels that were lit.
  var lit: Int
  var reason: BlockReason
}

extension Checker {
  /// Reports links that can't be lit: one message for those of one section and one reason.
  mutating func report(_ unlit: [UnlitLink], _ light: LightModel) {
    struct Cause: Hashable {
      var path: Path
      var sentence: String
    }
    let sections = Dictionary(
      (scenario.light?.links ?? []).map { ($0.name.value.text, $0) },
      uniquingKeysWith: { first, _ in first })
    var causes: [Cause: Int] = [:]
    var groups: [(origin: Origin, sentence: String, links: [UnlitLink])] = []
    for one in unlit {
      guard let origin = sections[one.link.name]?.origin else { continue }
      let sentence = sentence(of: one, light)
      let cause = Cause(path: origin.path, sentence: sentence)
      if let group = causes[cause] {
        groups[group].links.append(one)
      } else {
        causes[cause] = groups.count
        groups.append((origin, sentence, [one]))
      }
    }
    for group in groups {
      if let problem = problem(ofRate: group.links[0].link.rate, light) {
        report(problem, at: group.origin, key: "rate")
        continue
      }
      report(
        "\(found(group.links)), then \(group.sentence)", at: group.origin, key: "channels")
    }
  }

  private func found(_ links: [UnlitLink]) -> String {
    let first = links[0]
    let one =
      "lit \(first.lit) of \(first.link.channels) channels of link \(Node.quoted(first.link.name))"
    guard links.count > 1 else { return one }
    return one + " and too few of \(links.count - 1) others"
  }

  /// What stands in the way, behind "then".
  private func sentence(of unlit: UnlitLink, _ light: LightModel) -> String {
    switch unlit.reason {
    case .noRoute: return "no route joins its nodes"
    case .noRegenerator: return "no regenerator is left where light would have to be made anew"
    case .noChannel: return "every route has a fibre without a free channel"
    case .noContinuity: return "no channel is free on all fibres of a route"
    case .noDisjointPath: return "no two disjoint routes join its nodes"
    case .noReach:
      switch light.interference {
      case .fullLoad: return "no mode closes over any route between its nodes"
      case .litChannels:
        return "no mode closes beside what is lit, or it would disturb that too much"
      }
    }
  }

  /// What is wrong with a rate that no transceiver has; nil where one has it or more.
  private func problem(ofRate rate: BitsPerSecond, _ light: LightModel) -> String? {
    guard case .byQuality(let table, _) = light.rating else { return nil }
    let fitting = table.modes.filter { light.grid.positions(width_GHz: $0.slot_GHz) != nil }
    guard let most = fitting.map(\.lineRate.value).max(), rate.value > most else { return nil }
    func text(_ rate: Double) -> String { BitsPerSecond(rate).node.scalar?.text ?? "" }
    return
      "found \(text(rate.value)), expected a rate that a transceiver of this grid has, at most "
      + text(most)
  }
}
