// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// The folder that a run writes: complete or not there at all.
///
/// Files are written in a hidden sibling, `.<name>.partial-<pid>`, that `commit()` renames once
/// everything in it is on the disk. A folder that is neither committed nor discarded is discarded
/// when it goes away.
public final class ResultsFolder {
  /// The folder that there will be, without slashes at its end.
  public let path: String
  /// How its tables are packed; nil for as they are.
  public let packing: TablePacking?
  private let partial: Partials.Entry
  private let number: Int
  private let owner: OwnerLock
  private let openFiles = OpenFiles()
  private var isOpen = true
  /// What its tables could not hold.
  public let unbounded = UnboundedNumbers()

  /// Makes the hidden folder, and the parents of the wanted one where they are missing.
  public init(at wanted: String, packing: TablePacking? = nil) throws(ResultsError) {
    self.packing = packing
    let place = try FolderPath(wanted)
    guard !place.exists else { throw ResultsError(path: place.path, reason: .alreadyExists) }
    (number, partial) = try Partials.begin { (isOurs) throws(ResultsError) in
      try place.makePartial(withParents: true, isOurs: isOurs) { mkdir($0, 0o777) == 0 ? 0 : errno }
    }
    path = place.path
    do throws(ResultsError) {
      owner = try OwnerLock(in: partial.path, reportingAs: place.path)
    } catch {
      Partials.remove(partial)
      Partials.forget(number)
      throw error
    }
  }

  deinit {
    discard()
  }

  /// Starts a table, to be closed before the folder is committed.
  public func makeTable(_ schema: TableSchema) throws(ResultsError) -> CSVWriter {
    let name = TablePacking.file(of: schema, packedAs: packing)
    var file = try makeFile(name)
    if let packing, name != schema.file { file.pack(packing.format) }
    return try CSVWriter(schema, to: file, unbounded: unbounded)
  }

  /// Writes a whole file.
  public func write(_ text: String, to name: String) throws(ResultsError) {
    var file = try makeFile(name)
    try file.write(text)
    try file.close()
  }

  public func makeFile(_ name: String) throws(ResultsError) -> FileOutput {
    precondition(isOpen, "A folder that is done takes no more files.")
    precondition(!name.isEmpty && !name.contains("/"), "A results folder is flat.")
    return try FileOutput(
      creating: "\(partial.path)/\(name)", reportingAs: "\(path)/\(name)", among: openFiles)
  }

  /// Gives the folder its final name; afterwards it is there with all its files.
  public func commit() throws(ResultsError) {
    precondition(isOpen, "A folder is committed once.")
    precondition(openFiles.count == 0, "Every file is closed before the folder is committed.")
    try synchronise(partial.path)
    try Partials.finish(number) { () throws(ResultsError) in try name() }
    isOpen = false
    // The folder is there by now. A parent that may be written and not read can't be synchronised,
    // and then only a power cut within seconds could take the name back.
    try? synchronise(FolderPath(path).parent)
  }

  private func name() throws(ResultsError) {
    // Rename replaces an empty folder that somebody made in the meantime, and only that.
    guard try !FolderPath(path).exists else {
      throw ResultsError(path: path, reason: .alreadyExists)
    }
    unlink("\(partial.path)/\(Leftover.ownerFile)")
    guard rename(partial.path, path) == 0 else {
      let isTaken = errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR
      throw ResultsError(path: path, reason: isTaken ? .alreadyExists : .system(errno))
    }
  }

  /// Removes everything that was written, and the parents that were made for it.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    Partials.remove(partial)
    Partials.forget(number)
  }

  private func synchronise(_ folder: String) throws(ResultsError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResultsError(path: path, reason: .system(errno)) }
    defer { close(descriptor) }
    // Some file systems can't synchronise folders; there is nothing better to do on them.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw ResultsError(path: path, reason: .system(errno))
    }
  }
}

extension ResultsFolder {
  /// Removes the folder of a run, with the files in it; nothing happens where there is none.
  public static func remove(_ path: String) {
    Partials.removeFolder(path)
  }
}
