// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

// Requests to inference services: how long they waited for their first token, and for the last.

extension RunContent {
  func inference() throws -> Section? {
    guard metric("inference_requests") != nil else { return nil }
    var parts: [Part] = []
    let names = [
      "inference_requests", "inference_served", "inference_refused", "inference_unfinished",
      "inference_slo_share", "inference_goodput", "inference_ttft_mean", "inference_ttft_p99",
      "inference_tbt_mean", "inference_response_p99", "inference_use", "inference_replicas",
      "inference_energy", "inference_energy_cost",
    ]
    if let facts = facts(names) { parts.append(facts) }
    if let table = try folder.table("samples") { parts += try inferenceSpreads(table) }
    return Section(id: "inference", title: words["inference"], parts: parts)
  }

  private func inferenceSpreads(_ table: TableReader) throws -> [Part] {
    let names = ["queue", "ttft", "tbt", "response"]
    let places = names.map { table.columns.firstIndex(of: $0 + "_s") }
    guard places.contains(where: { $0 != nil }) else { return [] }
    var spreads = names.map { _ in Spread() }
    while try table.advance() {
      for (index, place) in places.enumerated() {
        if let place { spreads[index].add(try table.number(place)) }
      }
    }
    return zip(names, spreads).compactMap { name, spread in
      spread.part(
        "inference-" + name, words["inference." + name], unit: "s",
        quantiles: quantiles("inference_" + name)
      )?.half
    }
  }
}
