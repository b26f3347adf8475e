// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Text

/// What all tasks of a study on a cluster have in common.
public struct ClusterTask: Sendable {
  /// The name of the study.
  var study: String
  /// The paths of this program, of the study and of its folder: the same on each machine.
  var program: String
  var file: String
  var folder: String
  /// How many runs a task does at once.
  var jobs: Int
  var request: ClusterRequest

  public init(_ study: Study, program: String, file: String, folder: String, jobs: Int) {
    self.study = study.name
    self.program = program
    self.file = file
    self.folder = folder
    self.jobs = jobs
    request = study.request
  }

  /// The command line without the program.
  func words(_ more: [String]) -> [String] { ["sweep", file, "--out", folder] + more }

  var shardWords: [String] { words(["--shard", "auto", "--jobs", "\(jobs)", "--quiet"]) }

  var gatherWords: [String] { words(["--gather"]) }

  /// The name of the study in letters, digits and dashes alone, as clusters name things.
  ///
  /// Where letters of other alphabets or the end of it get lost, its hash stands for them, so that two
  /// studies are apart.
  func label(lowercase: Bool, most: Int) -> String {
    var label = "cpnsim"
    for character in lowercase ? study.lowercased() : study {
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      if isPlain {
        if label == "cpnsim" { label.append("-") }
        label.append(character)
      } else if label.last != "-" {
        label.append("-")
      }
    }
    label = Self.trimmed(label[...])
    if label.utf8.count > most || !study.utf8.allSatisfy({ $0 < 0x80 }) || label == "cpnsim" {
      let hash = Hexadecimal.text(of: FileFingerprint(of: study.utf8).hash, digits: 16).prefix(8)
      label = Self.trimmed(label.prefix(most - 9)) + "-" + hash
    }
    return label
  }

  /// Without dashes at its end.
  private static func trimmed(_ label: Substring) -> String {
    var label = label
    while label.last == "-" { label.removeLast() }
    return String(label)
  }
}

extension Study {
  var request: ClusterRequest { cluster ?? ClusterRequest() }

  /// The account and the quality of service that a cluster is asked for.
  public var account: String? { request.account }
  public var qos: String? { request.qos }
}
