// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compression
internal import Glibc

/// The bytes of a file of a results folder, as they were before somebody packed them.
final class TableInput {
  private let path: String
  private let descriptor: Int32
  private let unpacker: Unpacker?
  private static let signatureSize = 16

  init(_ path: String) throws(TableFault) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw TableFault(path: path, reason: .unreadable(String(cString: strerror(errno))))
    }
    var start = [UInt8](repeating: 0, count: Self.signatureSize)
    let count = pread(descriptor, &start, start.count, 0)
    if count > 0, let format = PackedFormat(signature: start.prefix(count)) {
      unpacker = Unpacker(format, beginning: UnsafeRawBufferPointer(start: nil, count: 0))
    } else {
      unpacker = nil
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Fills a place with the bytes that follow, and returns how many; none at the end.
  func read(into place: UnsafeMutableRawBufferPointer) throws(TableFault) -> Int {
    guard let unpacker else { return try readFile(into: place) }
    while true {
      do throws(UnpackingFault) {
        switch try unpacker.unpack(into: place) {
        case .bytes(let count): return count
        case .end: return 0
        case .needsInput: break
        }
      } catch {
        throw TableFault(path: path, reason: .damaged("\(error)"))
      }
      unpacker.put(try readFile(into: unpacker.room))
    }
  }

  private func readFile(into place: UnsafeMutableRawBufferPointer) throws(TableFault) -> Int {
    while true {
      let count = Glibc.read(descriptor, place.baseAddress, place.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw TableFault(path: path, reason: .unreadable(String(cString: strerror(errno))))
      }
      return count
    }
  }
}

/// A table of a results folder that can't be read as one.
public struct TableFault: Error, Equatable, CustomStringConvertible, Sendable {
  public enum Reason: Equatable, Sendable {
    case unreadable(String)
    case damaged(String)
    case empty
    case missingColumn(String)
    /// A row that has another number of fields than the header.
    case fields(row: Int, found: Int, expected: Int)
    case noNumber(row: Int, column: String, found: String)
  }

  public var path: String
  public var reason: Reason

  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  public var description: String {
    switch reason {
    case .unreadable(let why), .damaged(let why): "\(path): \(why)"
    case .empty: "\(path): found no row, expected a header"
    case .missingColumn(let name): "\(path): the column \(name) is missing"
    case .fields(let row, let found, let expected):
      "\(path): row \(row) behind the header has \(found) fields, expected \(expected)"
    case .noNumber(let row, let column, let found):
      "\(path): row \(row) has '\(found)' as its \(column), expected a number"
    }
  }
}
