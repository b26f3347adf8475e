// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
public import Results
internal import Text

/// The build of the running program.
public enum ProgramBuild {
  /// A word that equal builds have in common and no others: what the linker says of all that it
  /// has put together, or a fingerprint of the program's file where it says nothing.
  public static func fingerprint() throws(ResultsError) -> String {
    if let note = linkersNote { return note }
    guard let file = try FileFingerprint.read(path) else {
      throw ResultsError(path: path, reason: .notARegularFile)
    }
    return "\(file.bytes)-\(String(file.hash, radix: 16))"
  }

  private static let path = "/proc/self/exe"
  private static let linkersNote = buildID(of: path)

  /// The note `NT_GNU_BUILD_ID` of an ELF file of 64 bits, in hexadecimal; nil where it has none.
  static func buildID(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard let head = bytes(of: file, at: 0, count: 64),
      head.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2])
    else { return nil }
    let start = number(head, at: 32, bytes: 8)
    let (size, count) = (number(head, at: 54, bytes: 2), number(head, at: 56, bytes: 2))
    for index in 0..<count {
      guard let segment = bytes(of: file, at: start + index * size, count: 56) else { return nil }
      let (offset, length) = (number(segment, at: 8, bytes: 8), number(segment, at: 32, bytes: 8))
      guard number(segment, at: 0, bytes: 4) == noteSegment, length < 1 << 16,
        let notes = bytes(of: file, at: offset, count: length)
      else { continue }
      if let found = buildID(in: notes) { return found }
    }
    return nil
  }

  private static let noteSegment = 4
  private static let buildNote = 3

  private static func buildID(in notes: [UInt8]) -> String? {
    var place = 0
    while place + 12 <= notes.count {
      let name = number(notes, at: place, bytes: 4)
      let length = number(notes, at: place + 4, bytes: 4)
      let kind = number(notes, at: place + 8, bytes: 4)
      let text = place + 12 + (name + 3) & ~3
      guard length >= 0, name >= 0, text + length <= notes.count else { return nil }
      if kind == buildNote, notes[(place + 12)...].starts(with: "GNU".utf8) {
        return notes[text..<text + length]
          .map { Hexadecimal.text(of: UInt64($0), digits: 2) }.joined()
      }
      place = text + (length + 3) & ~3
    }
    return nil
  }

  /// A number of an ELF file, the lowest byte first.
  private static func number(_ bytes: [UInt8], at place: Int, bytes count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  private static func bytes(of file: Int32, at place: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return pread(file, &bytes, count, off_t(place)) == count ? bytes : nil
  }
}
