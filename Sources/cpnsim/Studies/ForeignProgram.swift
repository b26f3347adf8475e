// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc

/// A program of the system that is run to its end, and what it said.
struct ForeignProgram {
  let code: Int32
  let output: String
  let errors: String
  /// Whether it was ended because its time was over, or somebody wanted it to.
  let wasEnded: Bool

  /// What it said of its failure, on one line or more, without blanks around.
  var complaint: String {
    let text = errors.isEmpty ? output : errors
    let lines = text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
    return lines.isEmpty ? "no message, exit code \(code)" : lines.joined(separator: "\n")
  }

  /// Nil where no folder of PATH has a program of that name.
  ///
  /// Now and then `goesOn` is asked whether to wait on; it is ended where not.
  init?(_ words: [String], while goesOn: () -> Bool = { true }) throws {
    let output = try Pipe()
    let errors = try Pipe()
    guard let pid = try Self.start(words, output, errors) else { return nil }
    output.closeEntry()
    errors.closeEntry()
    var wasEnded = false
    (self.output, self.errors) = Pipe.contents(output, errors) {
      if !wasEnded, !goesOn() {
        wasEnded = true
        kill(pid, SIGKILL)
      }
      return !wasEnded
    }
    self.wasEnded = wasEnded
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      guard errno == EINTR else { throw StartError(program: words[0], code: errno) }
    }
    let signal = status & 0x7F
    code = signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  private static func start(_ words: [String], _ output: Pipe, _ errors: Pipe) throws -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.entry, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.entry, STDERR_FILENO)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    switch posix_spawnp(&pid, words[0], &actions, nil, &arguments, environ) {
    case 0: return pid
    case ENOENT: return nil
    case let code: throw StartError(program: words[0], code: code)
    }
  }
}

/// A pipe that another program writes to.
private final class Pipe {
  private static let patience_ms: Int32 = 100

  private let exit: Int32
  private(set) var entry: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw StartError(program: "a pipe", code: errno) }
    (exit, entry) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  deinit {
    close(exit)
    closeEntry()
  }

  func closeEntry() {
    if entry >= 0 { close(entry) }
    entry = -1
  }

  /// All that comes out of two pipes, whichever is the first, as long as somebody wants it.
  static func contents(
    _ first: Pipe, _ second: Pipe, while goesOn: () -> Bool
  ) -> (String, String) {
    let pipes = [first, second]
    var bytes: [[UInt8]] = [[], []]
    var isOpen = [true, true]
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while isOpen.contains(true) {
      var polled = pipes.indices.map { index in
        pollfd(fd: isOpen[index] ? pipes[index].exit : -1, events: Int16(POLLIN), revents: 0)
      }
      guard poll(&polled, nfds_t(polled.count), Self.patience_ms) >= 0 || errno == EINTR else {
        break
      }
      // What it has started may hold the pipes open for longer than it lives.
      guard goesOn() else { break }
      for index in pipes.indices where polled[index].revents != 0 {
        let count = read(pipes[index].exit, &chunk, chunk.count)
        if count > 0 {
          bytes[index] += chunk.prefix(count)
        } else if count == 0 || errno != EINTR {
          isOpen[index] = false
        }
      }
    }
    return (String(decoding: bytes[0], as: UTF8.self), String(decoding: bytes[1], as: UTF8.self))
  }
}

/// A program that is there and could not be started.
struct StartError: ReportableError {
  let program: String
  let code: Int32

  var description: String { "\(program): can't be started: \(String(cString: strerror(code)))" }
  var exitCode: ExitCode { .failed }
}
