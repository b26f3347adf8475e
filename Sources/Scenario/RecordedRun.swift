// SPDX-License-Identifier: GPL-3.0-or-later
public import Results
internal import Text
internal import YAMLReader

/// A run as its manifest records it: what it takes to live through it again.
public struct RecordedRun: Sendable {
  public let loaded: LoadedScenario
  /// The version of the program that made the run.
  public let version: String
  /// The files that the run read, in the order of `loaded.inputs`, as they were at the time.
  public let inputs: [Manifest.Input]
}

extension ScenarioFile {
  /// Reads and checks the scenario that a `manifest.json` holds.
  ///
  /// Its traces are looked for where the run found them. Members that this version does not know
  /// are let be: the manifest may come from a later one.
  public static func load(manifest path: String) throws(ScenarioErrors) -> RecordedRun {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems),
      let record = ManifestRecord(root, problems: &problems)
    else { throw ScenarioErrors(problems) }
    let loaded = try check(record.scenario, directory: record.directory, problems: problems)
    return RecordedRun(loaded: loaded, version: record.version, inputs: record.inputs)
  }
}

/// The members of a manifest that repeating a run takes.
private struct ManifestRecord {
  var scenario: Scenario
  var version: String
  var directory: String
  var inputs: [Manifest.Input]

  /// Reports what is missing or wrong, and gives nil.
  init?(_ root: Node, problems: inout Problems) {
    guard var members = Fields(root, path: .root, problems: &problems) else { return nil }
    let version: String? = members.read("version", problems: &problems)
    let directory: String? = members.read("directory", problems: &problems)
    let inputs: [InputRecord]? = members.read("inputs", problems: &problems)
    let scenario: Scenario? = members.read("scenario", problems: &problems)
    guard let version, let directory, let inputs, let scenario else { return nil }
    self.version = version
    self.directory = directory
    self.inputs = inputs.map(\.input)
    self.scenario = scenario
  }
}

/// A file that the run read.
private struct InputRecord: Section {
  var origin = Origin.none
  var path = ""
  var read: String?
  var bytes: ByteCount?
  var fileBytes: ByteCount?
  var hash: String?

  static let shape = Shape<InputRecord>(
    "A file that the run read.",
    fields: [
      .required("path", \.path, "Where it was."),
      .optional("read", \.read, "Whether the whole of it was read, or a part."),
      .optional("bytes", \.bytes, "The bytes that were read."),
      .optional("file_bytes", \.fileBytes, "Its length; absent for a pipe."),
      .optional("fnv1a_64", \.hash, "The hash of what was read."),
    ])

  var input: Manifest.Input {
    guard let bytes, let hash = hash.flatMap({ Hexadecimal.value(of: $0.utf8) }) else {
      return .init(path: path, record: nil)
    }
    let fingerprint = FileFingerprint(bytes: bytes.value, hash: hash)
    return .init(
      path: path,
      record: .init(
        fingerprint: fingerprint, isPart: read == "part", fileBytes: fileBytes?.value))
  }
}

/// A whole number of bytes, of files of any length.
private struct ByteCount: ScenarioValue {
  var value: Int64

  static let schema = Node.mapping([("type", .text("integer")), ("minimum", .plain("0"))])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> ByteCount? {
    if let scalar = node.scalar, !scalar.isQuoted, let value = DecimalText(scalar.text)?.integer,
      value >= 0
    {
      return ByteCount(value: value)
    }
    node.report(expected: "a number of bytes", path: path, problems: &problems)
    return nil
  }

  var node: Node { .plain("\(value)") }
}

extension Fields {
  /// A value that must be there.
  fileprivate mutating func read<Value: ScenarioValue>(
    _ key: String, problems: inout Problems
  ) -> Value? {
    guard let node = take(key) else {
      problems.add("the key is missing", at: place, path: path.key(key))
      return nil
    }
    return Value.read(node, path: path.key(key), problems: &problems)
  }
}
