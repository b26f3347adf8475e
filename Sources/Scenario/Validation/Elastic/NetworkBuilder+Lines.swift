// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import YAMLReader

extension NetworkBuilder {
  /// The most access lines that all entries have together.
  private static let mostLines = 100_000

  /// Adds the access lines of elastic entries: links without ends that stand in front of routes.
  mutating func buildLines(of sections: [ElasticSection], beside network: NetworkSection) {
    var count = 0
    for section in sections {
      guard let lines = section.lines, let access = section.access else { continue }
      let prefix = section.name.value.text + "/"
      for name in network.links.map(\.name) where name.value.text.hasPrefix(prefix) {
        problems.add(
          found: Node.quoted(name.value.text),
          expected: "a name that does not start like those of the entry's lines", at: name.place,
          path: name.path)
      }
      let groups = section.lineNames
      let (all, overflow) = lines.value.value.multipliedReportingOverflow(by: groups.count)
      guard !overflow, all <= NetworkBuilder.mostLines - count else {
        problems.add(
          found: "\(lines.value.value) lines at \(groups.count) nodes",
          expected: "at most \(NetworkBuilder.mostLines) lines in all entries", at: lines.place,
          path: lines.path)
        continue
      }
      count += all
      for group in groups {
        for number in 1...lines.value.value {
          topology.addLink(
            Link(
              name: group + "\(number)", ends: nil, capacity: access.value.value, delay: .zero,
              kind: .access))
        }
      }
    }
  }
}

extension ElasticSection {
  /// What the lines at each source are numbered under, in the order of the file.
  var lineNames: [String] {
    guard path == nil else { return [lineName(at: nil)] }
    var nodes = [from].compactMap(\.self) + (pairs ?? []).map(\.from)
    nodes += (weights?.entries ?? []).map(\.node)
    var seen: Set<Name> = []
    return nodes.filter { seen.insert($0.value).inserted }.map { lineName(at: $0.value.text) }
  }

  /// The first part of the names of the lines at a node.
  func lineName(at node: String?) -> String {
    name.value.text + (node.map { "/\($0)" } ?? "") + "/line-"
  }
}
