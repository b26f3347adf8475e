// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Traces

@Suite struct RouteCacheTests {
  @Test func keysOfOneHashAreToldApart() {
    // The same letters in other fields, and another letter in the same: all under hash 7.
    let fields = [
      ["a", "b"], ["ab", ""], ["", "ab"], ["a", "c"], ["a", "b", "l"], ["a", "b", "", "l"],
    ]
    var cache = RouteCache()
    for (route, fields) in fields.enumerated() {
      withKey(fields) { key in
        #expect(cache.route(of: key, hash: 7) == nil)
        cache.insert(key, hash: 7, route: Int32(route))
      }
    }
    for (route, fields) in fields.enumerated() {
      withKey(fields) { key in #expect(cache.route(of: key, hash: 7) == Int32(route)) }
    }
  }

  @Test func theHashSeesEveryField() {
    let fields = [
      ["x"], ["", "x"], ["", "", "x"], ["", "", "", "x"], ["longer than a word"], [],
    ]
    let hashes = fields.map { fields in withKey(fields) { $0.hash } }
    #expect(Set(hashes).count == fields.count)
  }

  private func withKey<Result>(_ fields: [String], _ body: (RouteCache.Key) -> Result) -> Result {
    let bytes = (fields + ["", "", "", ""]).prefix(4).map { Array($0.utf8) }
    return bytes[0].withUnsafeBufferPointer { source in
      bytes[1].withUnsafeBufferPointer { target in
        bytes[2].withUnsafeBufferPointer { path in
          bytes[3].withUnsafeBufferPointer { className in
            body(.init(source: source, target: target, path: path, className: className))
          }
        }
      }
    }
  }
}
