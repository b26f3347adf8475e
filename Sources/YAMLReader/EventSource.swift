// SPDX-License-Identifier: GPL-3.0-or-later
private import CYAML
internal import Text

/// What libyaml finds next in a text.
enum Event {
  /// What the start of a value can carry beside it, and this reader does not take.
  struct Extras {
    var anchor: String?
    var tag: String?
  }

  case documentStart
  case documentEnd
  case streamEnd
  case alias(String)
  case scalar(Node.Scalar, Extras)
  case sequenceStart(Extras)
  case mappingStart(Extras)
  case collectionEnd
}

/// A fault of the text itself, after which nothing can be read.
struct SyntaxError: Error {
  var mark: Mark
  var text: String
}

/// The events of a text, one after another.
///
/// It owns the bytes, since libyaml keeps a pointer to them between calls. Nothing may be asked
/// of it after an error or the end of the stream.
final class EventSource {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let source: SourceText

  init(_ source: SourceText) {
    self.source = source
    bytes = .allocate(capacity: source.bytes.count)
    _ = bytes.initialize(from: source.bytes)
    parser = .allocate(capacity: 1)
    let isReady = yaml_parser_initialize(parser)
    precondition(isReady != 0, "libyaml has memory for a parser")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  func next() throws(SyntaxError) -> (Event, Mark) {
    while true {
      var raw = yaml_event_t()
      guard yaml_parser_parse(parser, &raw) != 0 else { throw failure() }
      defer { yaml_event_delete(&raw) }
      if let event = event(raw) { return (event, Mark(raw.start_mark)) }
    }
  }

  private func event(_ raw: yaml_event_t) -> Event? {
    switch raw.type {
    case YAML_STREAM_END_EVENT: .streamEnd
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_ALIAS_EVENT: .alias(string(raw.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT: scalar(raw)
    case YAML_SEQUENCE_START_EVENT:
      .sequenceStart(
        .init(
          anchor: string(raw.data.sequence_start.anchor),
          tag: string(raw.data.sequence_start.tag)))
    case YAML_MAPPING_START_EVENT:
      .mappingStart(
        .init(
          anchor: string(raw.data.mapping_start.anchor), tag: string(raw.data.mapping_start.tag)))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: .collectionEnd
    default: nil
    }
  }

  private func scalar(_ raw: yaml_event_t) -> Event {
    let data = raw.data.scalar
    let text = UnsafeBufferPointer(start: data.value, count: data.length)
    return .scalar(
      .init(
        text: String(decoding: text, as: UTF8.self),
        isQuoted: data.style != YAML_PLAIN_SCALAR_STYLE),
      .init(anchor: string(data.anchor), tag: string(data.tag)))
  }

  private func string(_ text: UnsafePointer<UInt8>?) -> String? {
    text.map { String(cString: $0) }
  }
}

// MARK: - Errors

extension EventSource {
  private func failure() -> SyntaxError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "the text can't be read"
    // The reader of characters knows an offset, not a line.
    guard state.error != YAML_READER_ERROR else {
      return SyntaxError(mark: source.mark(at: state.problem_offset), text: problem)
    }
    let mark = Mark(state.problem_mark)
    if source.byte(at: mark) == UInt8(ascii: "\t") || problem.contains("tab character") {
      return SyntaxError(mark: mark, text: "tabs can't indent; use spaces")
    }
    guard let context = state.context.map({ String(cString: $0) }) else {
      return SyntaxError(mark: mark, text: problem)
    }
    let start = Mark(state.context_mark)
    return SyntaxError(
      mark: mark, text: "\(context) that starts in line \(start.line): \(problem)")
  }
}

extension Mark {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}
