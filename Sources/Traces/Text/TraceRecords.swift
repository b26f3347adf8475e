// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compression
internal import Glibc
internal import Results

/// Splits a stream into records and their fields, one record at a time.
///
/// It owns the descriptor and one buffer, which always holds the whole record at hand; fields
/// point into it until the next one is read. Pipes do as well as files: it only ever reads on,
/// unless it is told to begin again. After a record that can't be split it goes on with the next.
struct TraceRecords: ~Copyable {
  enum Syntax {
    /// RFC 4180: fields between commas, perhaps in quotes.
    case csv
    /// Fields between blanks.
    case words
    /// A JSON object a line; its fields are the values of the wanted keys, in their order.
    case jsonLines
  }

  static let longestRecord = 1 << 20
  /// More than any table here has columns; fields beyond are counted and not kept.
  static let keptFields = 1024
  private static let capacity = longestRecord + 256 * 1024

  var syntax: Syntax
  /// The keys that a line of JSON is searched for.
  var wantedKeys: [[UInt8]] = []
  /// The line on which the record at hand starts, counted from 1.
  private(set) var line = 0
  var fieldCount = 0
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  let fields = UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>.allocate(capacity: keptFields)
  /// Where the record at hand starts in the buffer, while it is split.
  private(set) var start = 0
  private let descriptor: Int32
  private var end = 0
  private var isAtEnd = false
  /// Whether what comes next is the rest of a line that was too long.
  private var isInsideLongLine = false
  private var reading: FileReading
  /// Nil where the bytes of the file are those of the text.
  private var unpacker: Unpacker?
  private var nextLine = 1

  /// Takes over the descriptor; a certified reading has a hash.
  init(owning descriptor: Int32, syntax: Syntax = .csv, isCertified: Bool = false) {
    self.descriptor = descriptor
    self.syntax = syntax
    reading = FileReading(of: descriptor, takesHash: isCertified)
    fields.initialize(repeating: UnsafeBufferPointer(start: nil, count: 0), count: Self.keptFields)
  }

  /// Opens a file, which may be packed by gzip or zstd: its first bytes tell.
  static func opening(
    _ file: String, syntax: Syntax = .csv, isCertified: Bool = false
  ) throws(TraceError.Problem) -> TraceRecords {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno) }
    var records = TraceRecords(owning: descriptor, syntax: syntax, isCertified: isCertified)
    try records.begin()
    return records
  }

  deinit {
    close(descriptor)
    bytes.deallocate()
    fields.deallocate()
  }

  /// The part of the file that has been read; 0 where its length is not known.
  var fractionRead: Double {
    guard let length = reading.fileBytes, length > 0 else { return 0 }
    // Of a packed file nobody knows which of its bytes the record at hand is from.
    let ahead = unpacker == nil ? Int64(end - start) : 0
    return min(1, Double(reading.bytesRead - ahead) / Double(length))
  }

  /// Whether it can be read again, as a pipe can't.
  var isFile: Bool { reading.isFile }

  /// What was read, for a manifest; of a certified reading only.
  func record() throws(TraceError.Problem) -> FileRecord {
    do throws(FileChange) { return try reading.record() } catch { throw .changed(error) }
  }

  var storedFieldCount: Int { min(fieldCount, Self.keptFields) }

  /// A field of the record at hand, without its quotes.
  subscript(position: Int) -> UnsafeBufferPointer<UInt8> { fields[position] }

  /// Whether the record at hand is a line without anything.
  var isBlank: Bool { fieldCount == 0 || fieldCount == 1 && fields[0].isEmpty }

  /// Moves on to the next record; false where there is none.
  mutating func next() throws(TraceError.Problem) -> Bool {
    if isInsideLongLine { try skipLine() }
    line = nextLine
    guard let length = try lineLength() else { return false }
    switch syntax {
    case .csv where memchr(bytes + start, 0x22, length) != nil:
      let (length, lines) = try quotedExtent()
      defer { advance(past: length, lines: lines) }
      try splitQuoted(length)
    case .csv:
      splitPlain(length)
      advance(past: length, lines: 1)
    case .words:
      splitWords(length)
      advance(past: length, lines: 1)
    case .jsonLines:
      defer { advance(past: length, lines: 1) }
      try splitObject(length)
    }
    return true
  }

  /// The next line, which is not consumed; nil behind the last.
  mutating func peek() throws(TraceError.Problem) -> UnsafeBufferPointer<UInt8>? {
    line = nextLine
    guard let length = try lineLength() else { return nil }
    return UnsafeBufferPointer(start: bytes + start, count: endWithoutReturn(length) - start)
  }

  /// All that is left of the text, for what is not made of lines.
  mutating func rest() throws(TraceError.Problem) -> [UInt8] {
    var text: [UInt8] = []
    repeat {
      text.append(contentsOf: UnsafeBufferPointer(start: bytes + start, count: end - start))
      start = end
      try refill()
    } while !isAtEnd
    return text
  }

  /// Begins again at the first line.
  mutating func rewind() throws(TraceError.Problem) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .readableOnce }
    (start, end, line, nextLine) = (0, 0, 0, 1)
    reading.rewind()
    isAtEnd = false
    isInsideLongLine = false
    unpacker = nil
    try begin()
  }

  /// Looks whether the file is packed, and skips the mark that spreadsheets put before UTF-8.
  private mutating func begin() throws(TraceError.Problem) {
    while end < PackedFormat.signatureLength, !isAtEnd { try refill() }
    let first = UnsafeRawBufferPointer(start: bytes, count: end)
    if let name = ForeignContainer.name(of: first) { throw .foreignContainer(name) }
    if let format = PackedFormat(signature: first) {
      unpacker = Unpacker(format, beginning: first)
      end = 0
      while end < 3, !isAtEnd { try refill() }
    }
    if end >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { start = 3 }
  }
}

extension TraceRecords {
  /// The length of the next line, all of which is then in the buffer; nil where there is none.
  private mutating func lineLength() throws(TraceError.Problem) -> Int? {
    var scanned = 0
    while true {
      let unread = end - start
      let newline = memchr(bytes + start + scanned, 0x0a, unread - scanned)
      if newline == nil, !isAtEnd {
        scanned = unread
        guard unread <= Self.longestRecord else { throw tooLong() }
        try refill()
        continue
      }
      if newline == nil, unread == 0 { return nil }
      let length = newline.map { $0 - UnsafeMutableRawPointer(bytes + start) } ?? unread
      guard length <= Self.longestRecord else { throw tooLong() }
      return length
    }
  }

  /// Leaves the rest of the line for the next call, since nobody knows how long it is.
  private mutating func tooLong() -> TraceError.Problem {
    isInsideLongLine = true
    return .lineTooLong
  }

  private mutating func skipLine() throws(TraceError.Problem) {
    isInsideLongLine = false
    while true {
      if let newline = memchr(bytes + start, 0x0a, end - start) {
        start += newline - UnsafeMutableRawPointer(bytes + start) + 1
        nextLine += 1
        return
      }
      start = end
      guard !isAtEnd else { return }
      try refill()
    }
  }

  private mutating func advance(past length: Int, lines: Int) {
    start = min(start + length + 1, end)
    nextLine += lines
  }

  /// Moves the record at hand to the front and reads what fits behind it.
  private mutating func refill() throws(TraceError.Problem) {
    bytes.update(from: bytes + start, count: end - start)
    end -= start
    start = 0
    let room = UnsafeMutableRawBufferPointer(start: bytes + end, count: Self.capacity - end)
    let count = if let unpacker { try read(unpacker, into: room) } else { try read(into: room) }
    isAtEnd = count == 0
    end += count
  }

  func endWithoutReturn(_ length: Int) -> Int {
    let recordEnd = start + length
    return length > 0 && bytes[recordEnd - 1] == 0x0d ? recordEnd - 1 : recordEnd
  }

  mutating func appendField(from fieldStart: Int, to fieldEnd: Int) {
    if fieldCount < Self.keptFields {
      fields[fieldCount] = UnsafeBufferPointer(
        start: bytes + fieldStart, count: fieldEnd - fieldStart)
    }
    fieldCount += 1
  }

  /// The length of a record with quotes, in which line ends may stand, and its number of lines.
  private mutating func quotedExtent() throws(TraceError.Problem) -> (length: Int, lines: Int) {
    var length = 0
    var lines = 1
    var isQuoted = false
    while true {
      if length == end - start {
        guard !isAtEnd else { break }
        guard length <= Self.longestRecord else {
          throw isQuoted ? unterminated() : tooLong()
        }
        try refill()
        continue
      }
      let byte = bytes[start + length]
      if byte == 0x22 { isQuoted.toggle() }
      if byte == 0x0a {
        guard isQuoted else { break }
        lines += 1
      }
      length += 1
    }
    guard !isQuoted else { throw unterminated() }
    guard length <= Self.longestRecord else { throw tooLong() }
    return (length, lines)
  }

  /// Gives up the line with the quote, and leaves those that it swallowed.
  private mutating func unterminated() -> TraceError.Problem {
    isInsideLongLine = true
    return .unterminatedQuote
  }
}

// MARK: - Bytes of the file

extension TraceRecords {
  /// Reads what comes next of the file as it is stored; nothing is its end.
  private mutating func read(
    into room: UnsafeMutableRawBufferPointer
  ) throws(TraceError.Problem) -> Int {
    let count = Glibc.read(descriptor, room.baseAddress, room.count)
    // A signal that ends the wait is a wish to stop; whoever listens for it knows what to do.
    guard count >= 0 else { throw .system(errno) }
    do throws(FileChange) {
      try reading.take(UnsafeRawBufferPointer(rebasing: room[..<count]))
    } catch {
      throw .changed(error)
    }
    return count
  }

  /// Reads what comes next of the content of a packed file; nothing is its end.
  private mutating func read(
    _ unpacker: Unpacker, into room: UnsafeMutableRawBufferPointer
  ) throws(TraceError.Problem) -> Int {
    while true {
      let step: Unpacker.Step
      do throws(UnpackingFault) { step = try unpacker.unpack(into: room) } catch {
        throw .packed(error)
      }
      switch step {
      case .bytes(let count): return count
      case .end: return 0
      case .needsInput: unpacker.put(try read(into: unpacker.room))
      }
    }
  }
}
