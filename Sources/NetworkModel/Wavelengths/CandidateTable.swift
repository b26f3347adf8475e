// SPDX-License-Identifier: GPL-3.0-or-later

/// The paths that lightpaths may take, as rows of strands, and which of them each pair may take.
///
/// Paths of a pair follow each other, in the order in which they are tried; a pair's candidates
/// are therefore a range. Everything is in three flat arrays because each request reads it.
public struct CandidateTable: Sendable {
  private var strands: [Int32] = []
  /// Where the strands of each segment begin, and after the last one end.
  private var segmentStarts: [Int32] = [0]
  /// Which segment is the first of each path, and after the last path the number of segments.
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

  /// Adds a path that keeps one channel from end to end, and returns its index.
  @discardableResult
  public mutating func addPath(strands: some Sequence<Int32>) -> Int {
    addPath(segments: CollectionOfOne(strands))
  }

  /// Adds a path that may change its channel from one segment to the next, and returns its index.
  ///
  /// Segments end where light is made electric and light again: where reach ends, or at every site.
  @discardableResult
  public mutating func addPath(segments: some Sequence<some Sequence<Int32>>) -> Int {
    for segment in segments {
      strands += segment
      segmentStarts.append(Int32(strands.count))
    }
    pathStarts.append(Int32(segmentStarts.count - 1))
    return pathCount - 1
  }

  /// The paths of a pair.
  public func candidates(ofPair pair: Int) -> Range<Int> {
    let end = pair + 1 < pairStarts.count ? Int(pairStarts[pair + 1]) : pathCount
    return Int(pairStarts[pair])..<end
  }

  /// All strands of a path.
  public func strands(ofPath path: Int) -> ArraySlice<Int32> {
    strands[
      Int(segmentStarts[Int(pathStarts[path])])..<Int(segmentStarts[Int(pathStarts[path + 1])])]
  }

  public func segmentCount(ofPath path: Int) -> Int {
    Int(pathStarts[path + 1] - pathStarts[path])
  }

  /// The strands of a segment of a path.
  public func strands(ofPath path: Int, segment: Int) -> ArraySlice<Int32> {
    let index = Int(pathStarts[path]) + segment
    return strands[Int(segmentStarts[index])..<Int(segmentStarts[index + 1])]
  }
}
