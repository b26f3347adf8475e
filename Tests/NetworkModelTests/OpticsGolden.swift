// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import NetworkModel

/// A row of a table of another program's answers about light.
struct OpticsGolden: CustomStringConvertible, Sendable {
  private let fields: [String: String]

  var description: String { fields["case"] ?? "" }

  func text(_ column: String) -> String { fields[column] ?? "" }

  func number(_ column: String) -> Double { fields[column].flatMap(Double.init) ?? .nan }

  static func rows(of name: String, beside file: String = #filePath) throws -> [OpticsGolden] {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "Data/\(name).csv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let columns = lines.first else { return [] }
    return lines.dropFirst().map { values in
      OpticsGolden(fields: Dictionary(uniqueKeysWithValues: zip(columns, values)))
    }
  }

  /// The glass and the amplifiers, which both tables describe alike but for these two columns.
  func line(loss: String, lumped: String?) -> LineDesign {
    var line = LineDesign()
    line.longestSpan = Kilometres(150)
    line.loss_dB_km = number(loss)
    line.lumpedLoss_dB = lumped.map(number) ?? 0
    line.dispersion_ps_nm_km = number("D_ps_nm_km")
    line.gamma_W_km = number("gamma_per_W_km")
    line.noiseFigure_dB = number("nf_db")
    return line
  }
}

/// A mode of a symbol rate in a slot; what it needs and carries matters only where it is said.
func mode(
  _ symbolRate_GBd: Double, slot_GHz: Double, name: String = "mode", rate_Gbps: Double = 100,
  needs_dB: Double = 12
) throws -> TransceiverMode {
  try TransceiverMode(
    name: name, lineRate: BitsPerSecond(rate_Gbps * 1e9), symbolRate_GBd: symbolRate_GBd,
    slot_GHz: slot_GHz, requiredOSNR_dB: needs_dB)
}

/// So many spans of a length as one section.
func spans(_ count: Int, of length_km: Double, _ line: LineDesign = .standard) -> RouteSection {
  var line = line
  line.longestSpan = Kilometres(length_km)
  return RouteSection(length: Kilometres(Double(count) * length_km), line: line)
}
