// SPDX-License-Identifier: GPL-3.0-or-later

extension TransceiverMode {
  /// The modes that come with the program, from its table of transceivers.
  public static func builtIn() -> [TransceiverMode] {
    let text = String(decoding: PackageResources.transceivers_csv, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      guard let mode = TransceiverMode(row: line) else {
        preconditionFailure("the table of transceivers has a row that is no mode: \(line)")
      }
      return mode
    }
  }

  public static func builtIn(named name: String) -> TransceiverMode? {
    builtIn().first { $0.name == name }
  }

  /// Reads a row of the table; no field of it holds a comma.
  private init?(row: Substring) {
    let fields = row.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == 8, let rate_Gbps = Double(fields[1]), let symbolRate = Double(fields[3]),
      let slot = Double(fields[4]), let required = Double(fields[5]),
      let confidence = Confidence(rawValue: String(fields[7]))
    else { return nil }
    do {
      try self.init(
        name: String(fields[0]), lineRate: BitsPerSecond(rate_Gbps * 1e9),
        symbolRate_GBd: symbolRate, slot_GHz: slot, requiredOSNR_dB: required,
        source: String(fields[6]), confidence: confidence)
    } catch {
      return nil
    }
  }
}
