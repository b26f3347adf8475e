// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

// Numbers that a scenario can hold: what is beyond is a slip of the pen, or of a converter.

extension NetworkDraft {
  /// Half of the Earth's girth, with room for drawings that are larger.
  private static let longest_km = 50_000.0
  private static let demands = 1e-15...1e15
  /// In bits per second.
  private static let capacities = 1e-3...1e18

  /// Checks lengths, capacities and demands, in the file's own units.
  func checkRanges() throws(Fault) {
    for edge in edges {
      if let length = edge.straightLine_km, !(length <= Self.longest_km) {
        throw Fault(
          found: "\(ends(edge.source, edge.target)) with a length of \(length) km",
          expected: "at most 50000 km", at: edge.offset)
      }
      if let capacity = edge.capacity, !Self.capacities.contains(capacity.value) {
        throw Fault(
          found: "\(ends(edge.source, edge.target)) with a capacity of \(capacity.value) bit/s",
          expected: "0.001 bit/s to 1000 Pbit/s", at: edge.offset)
      }
    }
    for demand in demands where demand.value != 0 && !Self.demands.contains(demand.value) {
      throw Fault(
        found: "\(ends(demand.source, demand.target)) with a demand of \(demand.value)",
        expected: "0, or 1e-15 to 1e15", at: demand.offset)
    }
  }

  private func ends(_ source: Int, _ target: Int) -> String {
    "\(Fault.quoted(nodes[source].id)) to \(Fault.quoted(nodes[target].id))"
  }
}
