// SPDX-License-Identifier: GPL-3.0-or-later

/// The paths that lightpaths may take, as rows of strands, and which of them each pair may take.
///
/// Paths of a pair follow each other, in the order in which they are tried; a pair's candidates
/// are therefore a range. Everything is in flat arrays because each request reads it.
public struct CandidateTable: Sendable {
  private var strands: [Int32] = []
  /// Where the strands of each path begin, and after the last one end.
  private var pathStarts: [Int32] = [0]
  private var pairStarts: [Int32] = []

  public init() {}

  public var pathCount: Int { pathStarts.count - 1 }
  public var pairCount: Int { pairStarts.count }

  /// Begins the list of the next pair, to which the paths added from now on belong.
  ///
  /// - Returns: The pair's index.
  @discardableResult
  public mutating func beginPair() -> Int {
    pairStarts.append(Int32(pathCount))
    return pairCount - 1
  }

  /// Adds a path and tells its index.
  @discardableResult
  public mutating func addPath(strands path: some Sequence<Int32>) -> Int {
    strands += path
    pathStarts.append(Int32(strands.count))
    return pathCount - 1
  }

  /// The paths of a pair.
  public func candidates(ofPair pair: Int) -> Range<Int> {
    let end = pair + 1 < pairStarts.count ? Int(pairStarts[pair + 1]) : pathCount
    return Int(pairStarts[pair])..<end
  }

  /// All strands of a path.
  public func strands(ofPath path: Int) -> ArraySlice<Int32> {
    strands[Int(pathStarts[path])..<Int(pathStarts[path + 1])]
  }
}
