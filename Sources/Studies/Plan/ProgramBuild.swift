// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// The build of the running program.
public enum ProgramBuild {
  /// A fingerprint of the program's own file; equal builds have equal ones.
  public static func fingerprint() throws(ResultsError) -> String {
    guard let file = try FileFingerprint.read("/proc/self/exe") else {
      throw ResultsError(path: "/proc/self/exe", reason: .notARegularFile)
    }
    return "\(file.bytes)-\(String(file.hash, radix: 16))"
  }
}
