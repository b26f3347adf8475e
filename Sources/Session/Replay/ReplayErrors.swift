// SPDX-License-Identifier: GPL-3.0-or-later

/// A path that is not the results folder of a run.
public struct NoResults: Error, Equatable, CustomStringConvertible {
  public enum Found: Sendable {
    case nothing, file, folder
  }

  public let path: String
  public let found: Found

  public var description: String {
    let what =
      switch found {
      case .nothing: "\(path)/manifest.json: can't be read: No such file or directory"
      case .file: "\(path) is a file"
      case .folder: "\(path) is a folder without manifest.json"
      }
    let scenario = found == .file ? path : "SCENARIO"
    return
      "\(what); expected the results folder of a run, which 'cpnsim run \(scenario) --out FOLDER' "
      + "writes"
  }
}

/// An input of a run that is not what it was.
public struct ChangedInput: Error, Equatable, CustomStringConvertible {
  public enum Change: Sendable {
    case content, pipe, gone, unlisted
  }

  public let folder: String
  public let path: String
  public let change: Change

  public var description: String {
    switch change {
    case .content:
      "\(path): the file has changed since \(folder) was made from it; put it back as it was, or "
        + "run the scenario again"
    case .pipe:
      "\(path): \(folder) was made from a pipe, which can't be read again; put what it gave into a "
        + "file of that name"
    case .gone:
      "\(path): No such file any more, and \(folder) was made from it; put it back as it was, or run "
        + "the scenario again"
    case .unlisted: "\(folder)/\(path): inputs: expected one entry for each trace of the scenario"
    }
  }
}
