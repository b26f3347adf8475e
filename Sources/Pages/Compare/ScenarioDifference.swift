// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// A value that two scenarios do not share, by its path.
struct ScenarioDifference: Equatable {
  var path: String
  var first: String
  var second: String

  static func all(_ first: JSONValue, _ second: JSONValue) -> [ScenarioDifference] {
    var all: [ScenarioDifference] = []
    compare(first, second, path: "", into: &all)
    return all
  }

  private static func compare(
    _ first: JSONValue?, _ second: JSONValue?, path: String, into all: inout [ScenarioDifference]
  ) {
    switch (first?.content, second?.content) {
    case (.object(let a)?, .object(let b)?):
      let keys = a.map(\.key) + b.map(\.key).filter { key in !a.contains { $0.key == key } }
      for key in keys {
        let inner = path.isEmpty ? key : "\(path).\(key)"
        compare(first?[key], second?[key], path: inner, into: &all)
      }
    case (.array(let a)?, .array(let b)?): compareLists(a, b, path: path, into: &all)
    default:
      let texts = (text(first), text(second))
      if texts.0 != texts.1 {
        all.append(ScenarioDifference(path: path, first: texts.0, second: texts.1))
      }
    }
  }

  /// Entries that have names are those of the same name, others those of the same place.
  private static func compareLists(
    _ a: [JSONValue], _ b: [JSONValue], path: String, into all: inout [ScenarioDifference]
  ) {
    func name(_ value: JSONValue) -> String? { value["name"]?.string }
    let names = (a + b).compactMap(name)
    guard !names.isEmpty, names.count == a.count + b.count,
      Set(a.compactMap(name)).count == a.count, Set(b.compactMap(name)).count == b.count
    else {
      for place in 0..<max(a.count, b.count) {
        compare(
          place < a.count ? a[place] : nil, place < b.count ? b[place] : nil,
          path: "\(path)[\(place)]", into: &all)
      }
      return
    }
    let others = Dictionary(uniqueKeysWithValues: b.map { (name($0) ?? "", $0) })
    let mine = Set(a.compactMap(name))
    for entry in a {
      let name = name(entry) ?? ""
      compare(entry, others[name], path: "\(path)[\(name)]", into: &all)
    }
    for entry in b where !mine.contains(name(entry) ?? "") {
      compare(nil, entry, path: "\(path)[\(name(entry) ?? "")]", into: &all)
    }
  }

  private static func text(_ value: JSONValue?) -> String {
    guard let value else { return "–" }
    if let text = value.string { return text }
    let text = value.json.text(.flat)
    return text.count <= 160 ? text : text.prefix(157) + "..."
  }
}
