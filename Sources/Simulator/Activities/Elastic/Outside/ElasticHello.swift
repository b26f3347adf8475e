// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Policies
internal import Scheduling
internal import Traffic

// Which programs decide on elastic flows, and what they are told once.

extension Elastic {
  /// Has the programs decide that do.
  func enlistPolicies() {
    let entries = book.entries
    for (index, entry) in entries.enumerated() {
      if let command = entry.scheduling.command {
        // Entries with the same policy are ordered together, by the first of them.
        let group = book.groups[index]
        if group == index {
          bandwidthOutside[group] = BandwidthOutside(
            seam("bandwidth", by: command, on: entries.indices.filter { book.groups[$0] == group }))
        }
      }
      if let command = entry.admissionProgram, admissionOutside[index] == nil {
        let decided = entries.indices.filter { entries[$0].admissionProgram == command }
        let policy = AdmissionOutside(seam("admission", by: command, on: decided))
        for place in decided { admissionOutside[place] = policy }
      }
    }
  }

  /// A seam whose program is told of all entries, and on which of them it decides.
  private func seam(_ name: String, by command: PolicyCommand, on decided: [Int]) -> OutsideSeam {
    var parts = GreetingParts()
    parts.add("elastic") { $0.list(book.entries) { $1.add($0) } }
    parts.add(name) { writer in
      writer.list(decided) { $1.text(book.entries[$0].generator.name) }
    }
    return world.programs.seam(name, by: command, telling: parts)
  }
}

extension MessageWriter {
  /// What does not change of an elastic entry.
  fileprivate mutating func add(_ entry: ElasticTraffic) {
    member("{\"name\":", entry.generator.name)
    raw(",\"tiers\":")
    list(entry.tiers) { tier, writer in
      writer.member("{\"name\":", tier.name)
      writer.raw(",\"floor\":")
      writer.number(tier.floor.value)
      writer.raw(",\"ceiling\":")
      writer.number(tier.ceiling.value)
      writer.raw(",\"weight\":")
      writer.number(tier.weight)
      if let price = tier.price {
        writer.raw(",\"price\":")
        writer.number(price)
      }
      writer.raw("}")
    }
    raw("}")
  }
}
