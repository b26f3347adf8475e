// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Whether two lines say the same: blanks and the order of keys make no difference.
func saySame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  if left == right { return true }
  guard let left = try? JSONValue(reading: UTF8Text(left)),
    let right = try? JSONValue(reading: UTF8Text(right))
  else { return false }
  return isSame(left, right)
}

private func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
  switch (left.content, right.content) {
  case (.null, .null): return true
  case (.boolean(let left), .boolean(let right)): return left == right
  case (.number(let left), .number(let right)): return left == right
  case (.string(let left), .string(let right)): return left == right
  case (.array(let left), .array(let right)):
    return left.count == right.count && zip(left, right).allSatisfy { isSame($0, $1) }
  case (.object(let left), .object(let right)):
    let (left, right) = (left.sorted { $0.key < $1.key }, right.sorted { $0.key < $1.key })
    return left.count == right.count
      && zip(left, right).allSatisfy { $0.key == $1.key && isSame($0.value, $1.value) }
  default: return false
  }
}
