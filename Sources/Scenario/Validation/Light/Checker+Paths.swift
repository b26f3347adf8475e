// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import YAMLReader

extension Checker {
  /// Which routes lightpaths may take.
  mutating func pathRule(_ section: LightSection) -> PathRule {
    var rule = PathRule()
    rule.count = section.paths.count.value
    if rule.count > 1000 {
      report(
        "found \(rule.count), expected at most 1000 paths", at: section.paths.origin, key: "count")
      rule.count = 1
    }
    rule.order = order(section)
    if let list = section.paths.list {
      rule.named = list.compactMap { fibrePath($0) }
      if list.isEmpty {
        report(
          "found an empty list, expected at least one path", at: section.paths.origin, key: "list")
      }
    } else if let table = section.paths.table {
      rule.named = paths(inTable: table)
    }
    return rule
  }

  private func order(_ section: LightSection) -> PathRule.Order {
    switch section.paths.by {
    case .km: .measured(.km)
    case .hops: .measured(.hops)
    case .delay:
      .measured(
        .delay(
          perKm: Double(section.delay.perKm.nanoseconds),
          perHop: Double(section.delay.perHop.nanoseconds)))
    case .spectrum: .spectrum
    }
  }

  /// The paths of a CSV file with a column `path`.
  private mutating func paths(inTable table: Written<String>) -> [FibrePath] {
    guard let rows = rows(ofCSV: table, required: ["path"]) else { return [] }
    if rows.isEmpty {
      report("found no path in \(Node.quoted(table.value)), expected at least one", at: table)
    }
    return rows.compactMap { row in
      if let problem = row.problem {
        report("\(Node.quoted(table.value)) line \(row.line): \(problem)", at: table)
        return nil
      }
      do throws(FibrePathError) {
        return try FibrePath(
          names: row["path"].split(separator: ";").map(String.init), in: fibreNames)
      } catch {
        report("\(Node.quoted(table.value)) line \(row.line): \(error)", at: table)
        return nil
      }
    }
  }
}
