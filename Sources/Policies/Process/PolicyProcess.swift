// SPDX-License-Identifier: GPL-3.0-or-later
internal import CWatcher
internal import Glibc

/// A program that is asked in lines and answers in lines, over its standard streams.
///
/// It is gone when this object is, and when this process is, however that ends (CWatcher). Nothing
/// that it does or leaves undone holds up whoever asks for longer than the time-out, or takes more
/// memory than the longest line: what it writes to its standard error is read as it comes, and the
/// end of it is kept.
final class PolicyProcess {
  /// Why there is no answer.
  enum Fault: Error {
    case notStarted(String)
    /// It did not take what it was sent, or gave no whole line, in time.
    case late
    case ended(String)
    case closedInput
    case closedOutput
    case longLine(limit: Int)
  }

  private var program: cwatcher_program
  private(set) var errors = ErrorTail()
  private var line = LineBuffer()
  /// How it ended, as `waitpid` has it; nil while it lives.
  private var status: Int32?
  /// Why it could not be started.
  private var refusal: String?
  /// Whether the streams that it writes to are still open.
  private var isOutputOpen = true
  private var isErrorsOpen = true
  private var isReportOpen = true
  private var spins = Spin()

  /// What may come behind the last words before nobody listens any more.
  private static let mostLastWords = 1 << 16

  init(_ command: PolicyCommand) throws(Fault) {
    var words = command.words.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var started = cwatcher_program()
    let code = cwatcher_start(command.folder, &words, &started)
    guard code == 0 else { throw .notStarted(String(cString: strerror(code))) }
    program = started
  }

  deinit {
    cwatcher_end(&program)
  }

  /// What it has said beyond the lines that were taken.
  var rest: [UInt8] { line.rest }

  /// Sends a message, and gives the next line that comes, without its end.
  func exchange(_ message: [UInt8], within seconds: Double, upTo limit: Int) throws(Fault)
    -> [UInt8]
  {
    var sent = send(message[...])
    // Most answers come soon after, and to wait for them asleep takes longer than they do.
    if sent == message.count, !line.hasLine, spins.isWorthwhile {
      spins.note(spin())
    }
    guard !line.hasLine || sent < message.count else { return line.take() }
    let deadline = Deadline(in: seconds)
    while !line.hasLine || sent < message.count {
      try checkHealth(isSending: sent < message.count, limit)
      guard let left = deadline.milliseconds else { throw .late }
      wait(upTo: left, isSending: sent < message.count)
      if sent < message.count { sent += send(message[sent...]) }
      readAll()
    }
    try checkLength(limit)
    return line.take()
  }

  /// Says the last words, closes its standard input, and waits a little until it has ended.
  ///
  /// Gives what it said beyond what it was asked.
  func end(saying message: [UInt8], within seconds: Double) -> [UInt8] {
    let deadline = Deadline(in: seconds)
    var sent = send(message[...])
    while status == nil, refusal == nil, isReportOpen, line.count < Self.mostLastWords,
      let left = deadline.milliseconds
    {
      if sent == message.count || program.input < 0 { closeInput() }
      wait(upTo: left, isSending: program.input >= 0)
      if program.input >= 0 { sent += send(message[sent...]) }
      readAll()
    }
    readAll()
    return line.rest
  }
}

// MARK: - Whether it lives

extension PolicyProcess {
  private func checkHealth(isSending: Bool, _ limit: Int) throws(Fault) {
    if let refusal { throw .notStarted(refusal) }
    try checkLength(limit)
    guard !isOutputOpen || isSending && program.input < 0 else { return }
    // It may have closed a stream because it ends: then it is better told so.
    let deadline = Deadline(in: 0.2)
    while status == nil, isReportOpen, let left = deadline.milliseconds {
      wait(upTo: left, isSending: false)
      readAll()
    }
    if let refusal { throw .notStarted(refusal) }
    if line.hasLine, !isSending { return }
    if let status { throw .ended(Self.text(ofStatus: status)) }
    if !isReportOpen { throw .ended("its watcher was ended") }
    throw isOutputOpen ? .closedInput : .closedOutput
  }

  private func checkLength(_ limit: Int) throws(Fault) {
    if line.count > limit { throw .longLine(limit: limit) }
  }

  private static func text(ofStatus status: Int32) -> String {
    let signal = status & 0x7F
    guard signal != 0 else { return "it ended with exit code \(status >> 8 & 0xFF)" }
    let name = strsignal(signal).map { String(cString: $0) } ?? "unknown"
    return "it was ended by signal \(signal) (\(name))"
  }

  private func hear(_ report: cwatcher_report) {
    switch Int(report.kind) {
    case Int(CWATCHER_ENDED): status = report.value
    case Int(CWATCHER_NOT_STARTED): refusal = String(cString: strerror(report.value))
    case Int(CWATCHER_LOST_FOLDER):
      refusal = "its folder: " + String(cString: strerror(report.value))
    default: break
    }
  }
}

// MARK: - Streams

extension PolicyProcess {
  /// Sends what the pipe takes at once, and gives how much that is.
  private func send(_ bytes: ArraySlice<UInt8>) -> Int {
    guard program.input >= 0 else { return 0 }
    let count = bytes.withUnsafeBytes { cwatcher_write(program.input, $0.baseAddress, $0.count) }
    if count < 0, errno != EAGAIN, errno != EINTR { closeInput() }
    return max(0, count)
  }

  private func closeInput() {
    guard program.input >= 0 else { return }
    close(program.input)
    program.input = -1
  }

  /// Reads without waiting until there is a line; says whether one came.
  private func spin() -> Bool {
    for _ in 0..<Spin.rounds {
      guard isOutputOpen else { return false }
      readOutput()
      if line.hasLine { return true }
    }
    return false
  }

  private func wait(upTo milliseconds: Int32, isSending: Bool) {
    var polled = [
      pollfd(fd: isOutputOpen ? program.output : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isErrorsOpen ? program.errors : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isReportOpen ? program.report : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isSending ? program.input : -1, events: Int16(POLLOUT), revents: 0),
    ]
    _ = poll(&polled, nfds_t(polled.count), milliseconds)
  }

  private func readAll() {
    readErrors()
    readReport()
    readOutput()
  }

  /// A piece of each: the one who asks looks at the clock between two.
  private func readOutput() {
    guard isOutputOpen else { return }
    isOutputOpen = line.read(from: program.output)
  }

  private func readErrors() {
    guard isErrorsOpen else { return }
    isErrorsOpen = errors.read(from: program.errors)
  }

  private func readReport() {
    guard isReportOpen else { return }
    var report = cwatcher_report()
    let size = MemoryLayout<cwatcher_report>.size
    while true {
      let count = read(program.report, &report, size)
      if count == size {
        hear(report)
        continue
      }
      if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { isReportOpen = false }
      return
    }
  }
}
