// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// A plan as it is written down: shards of a study, and a sweep that goes on, need not make it anew.
///
///     cpnsim plan 1
///     key <fingerprint>
///     input <bytes> <hash> <path>
///     variant <fingerprint>
///     end <number of variants>
///
/// It counts where its key is that of the study at hand and its inputs are what they were.
struct PlanFile {
  static let head = "cpnsim plan 1"

  var key: Fingerprint
  var inputs: [(path: String, fingerprint: FileFingerprint)]
  var variants: [Fingerprint]

  var text: String {
    let files = inputs.map { path, fingerprint in
      let hash = Hexadecimal.text(of: fingerprint.hash, digits: 16)
      return "input \(fingerprint.bytes) \(hash) \(RecordText.escaped(path))"
    }
    let all =
      [PlanFile.head, "key \(RunIdentity(key.value).text)"] + files
      + variants.map { "variant \(RunIdentity($0.value).text)" } + ["end \(variants.count)"]
    return all.joined(separator: "\n") + "\n"
  }

  /// Nil for a text that is none.
  init?(_ text: String) {
    let lines = text.split(separator: "\n")
    guard lines.count >= 2, lines[0] == PlanFile.head, lines[1].hasPrefix("key "),
      let key = RunIdentity(lines[1].dropFirst(4))
    else { return nil }
    self.key = Fingerprint(key.value)
    (inputs, variants) = ([], [])
    for line in lines.dropFirst(2).dropLast() {
      guard take(line) else { return nil }
    }
    guard lines.last == "end \(variants.count)" else { return nil }
  }

  private mutating func take(_ line: Substring) -> Bool {
    if line.hasPrefix("variant "), let identity = RunIdentity(line.dropFirst(8)) {
      variants.append(Fingerprint(identity.value))
      return true
    }
    let fields = line.split(separator: " ", maxSplits: 3)
    guard fields.count == 4, fields[0] == "input", let bytes = Int64(fields[1]),
      let hash = Hexadecimal.value(of: fields[2].utf8)
    else { return false }
    let path = RecordText.unescaped(fields[3])
    inputs.append((path, FileFingerprint(bytes: bytes, hash: hash)))
    return true
  }

  init(_ plan: StudyPlan) {
    key = plan.key
    inputs = plan.inputs.all
    variants = plan.variants
  }

  /// Whether it is of that study, and all files are as they were.
  func isValid(for key: Fingerprint, cells: Int) -> Bool {
    guard self.key == key, variants.count == cells else { return false }
    return inputs.allSatisfy { path, fingerprint in
      (try? FileFingerprint.read(path)) == fingerprint
    }
  }
}
