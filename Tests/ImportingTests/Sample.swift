// SPDX-License-Identifier: GPL-3.0-or-later
import Importing
import NetworkModel
import Testing

/// Reads a text as a network file.
func imported(
  _ text: String, as format: FileFormat? = nil, default length: Double? = nil,
  placedOnly: Bool = false
) throws(ImportError) -> ImportedNetwork {
  var rules = LengthRules()
  rules.unknown = length.map { .init($0) }
  rules.leavesOutUnplaced = placedOnly
  return try ImportedNetwork(Array(text.utf8), named: "f", format: format, lengths: rules)
}

/// What the error about a text says; nil where there is none.
func problem(
  of text: String, as format: FileFormat? = nil, default length: Double? = nil,
  placedOnly: Bool = false
) -> String? {
  do throws(ImportError) {
    _ = try imported(text, as: format, default: length, placedOnly: placedOnly)
    return nil
  } catch {
    return error.description
  }
}

extension ImportedNetwork {
  var siteNames: [String] { sites.map(\.name) }
  var fibreNames: [String] { fibres.map(\.name) }
  var lengths_km: [Double] { fibres.map { ($0.length.value * 10).rounded() / 10 } }
}
