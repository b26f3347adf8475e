// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Locks

/// The hidden files and folders that this process has begun and not yet given their names.
///
/// Whoever ends the process from another thread calls `removeAll()`: what has its name by then
/// stays and is complete, what has none goes, and none gets one afterwards. The process is what
/// ends: hence no instances.
public enum Partials {
  struct Entry {
    var path: String
    /// The folders that were made to hold it, outermost first.
    var madeParents: [String] = []
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var next = 0
    var isEnding = false
  }

  private static let state = Guarded(State())

  /// Makes an entry; its number tells it from others.
  static func begin(
    _ make: (_ isOurs: (String) -> Bool) throws(ResultsError) -> Entry
  ) throws(ResultsError) -> (number: Int, entry: Entry) {
    var begun = (number: 0, entry: Entry(path: ""))
    try exclusively { (state) throws(ResultsError) in
      let paths = state.entries.values.map(\.path)
      begun.entry = try make { paths.contains($0) }
      state.next += 1
      begun.number = state.next
      state.entries[state.next] = begun.entry
    }
    return begun
  }

  /// Gives an entry its name; where that fails it stays an entry.
  static func finish(_ number: Int, _ name: () throws(ResultsError) -> Void) throws(ResultsError) {
    try exclusively { (state) throws(ResultsError) in
      try name()
      state.entries[number] = nil
    }
  }

  /// Forgets an entry that has been removed.
  static func forget(_ number: Int) {
    state.withLock { $0.entries[number] = nil }
  }

  /// Removes all that has no name yet, and holds up whoever would make more; for a process that ends.
  ///
  /// Returns whether there was anything.
  public static func removeAll() -> Bool {
    state.withLock { state in
      state.isEnding = true
      for entry in state.entries.values { remove(entry) }
      return !state.entries.isEmpty
    }
  }

  static func remove(_ entry: Entry) {
    if unlink(entry.path) != 0 { removeFolder(entry.path) }
    // A parent that others use by now is not empty, and stays.
    for parent in entry.madeParents.reversed() { rmdir(parent) }
  }

  /// Removes a folder that holds nothing but files.
  static func removeFolder(_ path: String) {
    // Another thread may make one more file in the meantime, and then one more.
    for _ in 0..<100 {
      for name in names(in: path) { unlink("\(path)/\(name)") }
      if rmdir(path) == 0 || errno != ENOTEMPTY && errno != EEXIST { return }
    }
  }

  /// What is in a folder; nothing where it can't be read.
  public static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Works on the state, or waits for the end of a process that ends.
  private static func exclusively(
    _ work: (inout State) throws(ResultsError) -> Void
  ) throws(ResultsError) {
    let isEnding = try state.withLock { state throws(ResultsError) in
      if !state.isEnding { try work(&state) }
      return state.isEnding
    }
    if isEnding { while true { pause() } }
  }
}
