// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scheduling
internal import Traffic

/// The name of a flow in eight bytes.
///
/// Most traces number their flows, and generators and round trips number all of theirs: those names
/// are made where somebody wants to read them. Others are kept as text in a `NameStore`.
struct FlowName: BitwiseCopyable, Hashable {
  private var bits: UInt64

  enum Form {
    case number(UInt64)
    case generated(source: Int, number: Int)
    case stored(Int)
    case roundTrip(source: Int, number: Int, isAnswer: Bool)
    /// A transfer, by its position in the book.
    case transfer(Int)
  }

  private static let tagShift: UInt64 = 62
  private static let sourceShift: UInt64 = 40
  private static let answer: UInt64 = 1 << 61
  private static let transfer: UInt64 = 1 << 60

  init(_ form: Form) {
    switch form {
    case .number(let number):
      bits = number
    case .generated(let source, let number):
      precondition(number < 1 << 40 && source < 1 << 22, "more flows than names")
      bits = 1 << FlowName.tagShift | UInt64(source) << FlowName.sourceShift | UInt64(number)
    case .stored(let index):
      bits = 2 << FlowName.tagShift | UInt64(index)
    case .roundTrip(let source, let number, let isAnswer):
      precondition(number < 1 << 40 && source < 1 << 20, "more flows than names")
      bits =
        3 << FlowName.tagShift | (isAnswer ? FlowName.answer : 0)
        | UInt64(source) << FlowName.sourceShift | UInt64(number)
    case .transfer(let index):
      bits = 3 << FlowName.tagShift | FlowName.transfer | UInt64(index)
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
    default:
      let number = Int(rest & (1 << FlowName.sourceShift - 1))
      if rest & FlowName.transfer != 0 { return .transfer(number) }
      let source = Int((rest & ~FlowName.answer) >> FlowName.sourceShift)
      return .roundTrip(source: source, number: number, isAnswer: rest & FlowName.answer != 0)
    }
  }

  /// The name of what comes back, by that of what goes there.
  var answer: FlowName {
    var name = self
    name.bits |= FlowName.answer
    return name
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
  /// By the number of the transfer.
  private var transfers = TrailingStore<String>()
  /// The name of each source, which its generated flows are numbered under.
  private let sources: [String]
  private let sourceHashes: [UInt64]

  init(sources: [String]) {
    self.sources = sources
    sourceHashes = sources.map { PathHash.hash(of: $0) }
  }

  /// A hash of what a name says, whatever number it has inside of the run.
  func hash(of name: FlowName) -> UInt64 {
    switch name.form {
    case .number(let number): PathHash.mixed(number)
    case .generated(let source, let number):
      PathHash.mixed(sourceHashes[source] ^ UInt64(number))
    case .stored(let index): PathHash.hash(of: names[index])
    case .roundTrip(let source, let number, let isAnswer):
      PathHash.mixed(sourceHashes[source] ^ UInt64(number) << 1 ^ (isAnswer ? 1 : 0))
    case .transfer(let index): PathHash.hash(of: transfers[index])
    }
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
    case .roundTrip(let source, let number, let isAnswer):
      GeneratedFlow.name(number: number, of: sources[source]) + (isAnswer ? "/out" : "/in")
    case .transfer(let index): transfers[index]
    }
  }

  /// What the flows of a source are named after.
  func name(ofSource source: Int) -> String { sources[source] }

  /// Adds the name of the next transfer.
  mutating func add(transfer name: String) {
    transfers.append(name)
  }

  /// Lets go of the name of the oldest transfer that still has one.
  mutating func dropFirstTransfer() { transfers.removeFirst() }

  /// Lets go of a name whose flow is over.
  mutating func drop(_ name: FlowName) {
    guard case .stored(let index) = name.form else { return }
    names[index] = ""
    free.append(Int32(index))
  }
}
