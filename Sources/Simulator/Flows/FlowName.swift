// SPDX-License-Identifier: GPL-3.0-or-later
internal import Traffic

/// The name of a flow in eight bytes.
///
/// Most traces number their flows, and generators number all of theirs: those names are made
/// where somebody wants to read them. Others are kept as text in a `NameStore`.
struct FlowName: BitwiseCopyable {
  private var bits: UInt64

  enum Form {
    case number(UInt64)
    case generated(source: Int, number: Int)
    case stored(Int)
    /// A transfer, by its position on the desk.
    case transfer(Int)
  }

  private static let tagShift: UInt64 = 62
  private static let sourceShift: UInt64 = 40

  init(_ form: Form) {
    switch form {
    case .number(let number):
      bits = number
    case .generated(let source, let number):
      precondition(number < 1 << 40 && source < 1 << 22, "more flows than names")
      bits = 1 << FlowName.tagShift | UInt64(source) << FlowName.sourceShift | UInt64(number)
    case .stored(let index):
      bits = 2 << FlowName.tagShift | UInt64(index)
    case .transfer(let index):
      bits = 3 << FlowName.tagShift | UInt64(index)
    }
  }

  var form: Form {
    let rest = bits & (1 << FlowName.tagShift - 1)
    switch bits >> FlowName.tagShift {
    case 0: return .number(rest)
    case 1:
      let number = Int(rest & (1 << FlowName.sourceShift - 1))
      return .generated(source: Int(rest >> FlowName.sourceShift), number: number)
    case 2: return .stored(Int(rest))
    default: return .transfer(Int(rest))
    }
  }

  /// The number that the text spells, if it reads back as the same text.
  static func number(spelledBy text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard (1...18).contains(text.count) else { return nil }
    if text.count > 1, text[0] == UInt8(ascii: "0") { return nil }
    var number: UInt64 = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
    }
    return number
  }
}

/// The names that are not numbers, each for as long as its flow is in progress.
struct NameStore {
  private var names: [String] = []
  private var free: [Int32] = []
  private var transfers: [String] = []
  /// The name of each source, which its generated flows are numbered under.
  private let sources: [String]

  init(sources: [String]) {
    self.sources = sources
  }

  mutating func keep(_ text: UnsafeBufferPointer<UInt8>) -> FlowName {
    if let number = FlowName.number(spelledBy: text) { return FlowName(.number(number)) }
    return keep(String(decoding: text, as: UTF8.self))
  }

  mutating func keep(_ text: String) -> FlowName {
    guard let index = free.popLast() else {
      names.append(text)
      return FlowName(.stored(names.count - 1))
    }
    names[Int(index)] = text
    return FlowName(.stored(Int(index)))
  }

  func text(of name: FlowName) -> String {
    switch name.form {
    case .number(let number): String(number)
    case .generated(let source, let number): GeneratedFlow.name(number: number, of: sources[source])
    case .stored(let index): names[index]
    case .transfer(let index): transfers[index]
    }
  }

  /// Adds the name of the next transfer.
  mutating func add(transfer name: String) {
    transfers.append(name)
  }

  /// Lets go of a name whose flow is over.
  mutating func drop(_ name: FlowName) {
    guard case .stored(let index) = name.form else { return }
    names[index] = ""
    free.append(Int32(index))
  }
}
