// SPDX-License-Identifier: GPL-3.0-or-later
internal import TestSupport

/// A small slip in the sources of the program, which the swarm ought to find.
///
/// All of them are planted in one copy of the package, each behind a switch, so that it is built
/// once: an expression becomes `(plantedFault == 7 ? slip : expression)`, and the number is read
/// from the environment, `SWARM_FAULT=7`.
public struct PlantedFault: Sendable {
  public let number: Int
  public let name: String
  /// Where it is, from the folder of the package on.
  public let file: String
  /// An expression that stands once in the file.
  let right: String
  let wrong: String

  /// How often the expression stands in a text.
  func count(in text: String) -> Int { text.pieces(around: right).count - 1 }

  /// The text with the slip behind its switch; nil unless there is one place for it.
  func planted(in text: String) -> String? {
    let pieces = text.pieces(around: right)
    guard pieces.count == 2 else { return nil }
    return pieces[0] + "(plantedFault == \(number) ? \(wrong) : \(right))" + pieces[1]
  }

  /// What each file needs behind its last line: the number of the slip that is on.
  static let switchText = """

    @_silgen_name("getenv")
    private func plantedEnvironment(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar>?
    private let plantedFault =
      plantedEnvironment("SWARM_FAULT").flatMap { Int(String(cString: $0)) } ?? 0

    """
}

extension PlantedFault {
  /// Why faults could not be planted.
  public struct Problem: Error {
    public let text: String
  }

  /// What is wrong with a fault's place in the sources under a folder; nil where it can be planted.
  public func problem(in folder: String) -> String? {
    guard let text = text(ofFile: "\(folder)/\(file)") else { return "\(file) can't be read" }
    let count = count(in: text)
    return count == 1 ? nil : "\(file) has \(count) times, expected once: \(right)"
  }

  /// Plants all of them in the sources under a folder.
  public static func plantAll(in folder: String) throws(Problem) {
    for (file, faults) in Dictionary(grouping: all, by: \.file) {
      guard var text = text(ofFile: "\(folder)/\(file)") else {
        throw Problem(text: "\(folder)/\(file) can't be read")
      }
      for fault in faults {
        guard let planted = fault.planted(in: text) else {
          throw Problem(text: fault.problem(in: folder) ?? "\(file) has two faults in one place")
        }
        text = planted
      }
      guard Scratch.write(text + switchText, to: "\(folder)/\(file)") else {
        throw Problem(text: "\(folder)/\(file) can't be written")
      }
    }
  }
}

private func text(ofFile path: String) -> String? {
  bytes(ofFile: path).map { String(decoding: $0, as: UTF8.self) }
}

extension String {
  /// What stands before, between and behind the places of a word.
  fileprivate func pieces(around word: String) -> [String] {
    var pieces: [String] = []
    var piece: [UInt8] = []
    let (all, word) = (Array(utf8), Array(word.utf8))
    var place = 0
    while place < all.count {
      if all[place...].starts(with: word) {
        pieces.append(String(decoding: piece, as: UTF8.self))
        piece.removeAll()
        place += word.count
      } else {
        piece.append(all[place])
        place += 1
      }
    }
    return pieces + [String(decoding: piece, as: UTF8.self)]
  }
}
