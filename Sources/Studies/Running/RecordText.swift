// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// The lines of a file of records, as they are written.
///
/// A file begins with a line that says what it is. Fields are divided by tabs; each line ends with
/// a sum over it, so that half a line, and one that somebody has changed, is not taken for a whole.
///
///     cpnsim records 1
///     metrics <number> <name> <unit> <name> <unit> ... <sum>
///     done <run> <seconds> <digest> <number of its metrics> <value> ... <sum>
///     failed <run> <seconds> <message> <sum>
///     trapped <run> <signal> <sum>
enum RecordText {
  /// Moves when lines change their meaning.
  static let format = 1
  static let headWords = "cpnsim records "
  static let head = "\(headWords)\(format)\n"

  static func line(metrics: [RunRecord.Metric], number: Int) -> String {
    summed(
      ["metrics", "\(number)"]
        + metrics.flatMap { [escaped($0.name), escaped($0.unit)] })
  }

  static func line(_ record: RunRecord, metrics: Int) -> String {
    let identity = record.identity.text
    switch record.outcome {
    case .done(let digest, let values):
      return summed(
        ["done", identity, "\(record.seconds)", String(digest, radix: 16), "\(metrics)"]
          + values.map { $0.isNaN ? "" : $0.description })
    case .failed(let message):
      return summed(["failed", identity, "\(record.seconds)", escaped(message)])
    }
  }

  /// Of a run that ended the process.
  static func line(trapped run: RunIdentity, by signal: String) -> String {
    summed([RecordLine.Kind.trapped.rawValue, run.text, signal])
  }

  private static func summed(_ fields: [String]) -> String {
    let body = fields.joined(separator: "\t")
    return "\(body)\t\(sum(of: body.utf8))\n"
  }

  /// Eight digits.
  static func sum(of bytes: some Sequence<UInt8>) -> String {
    let hash = FileFingerprint(of: bytes).hash
    return Hexadecimal.text(of: (hash ^ hash >> 32) & 0xffff_ffff, digits: 8)
  }

  /// Without tabs and ends of lines.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func unescaped(_ text: Substring) -> String {
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let next = rest.popFirst() else {
        result.unicodeScalars.append(scalar)
        continue
      }
      switch next {
      case "t": result += "\t"
      case "n": result += "\n"
      case "r": result += "\r"
      default: result.unicodeScalars.append(next)
      }
    }
    return result
  }
}
