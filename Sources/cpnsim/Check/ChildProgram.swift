// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Glibc

/// Another program that is run to its end for what it prints.
struct ChildProgram {
  let path: String
  let arguments: [String]
  /// Whether nobody is to see its messages.
  var isSilent = false

  /// What it wrote to its standard output; its messages go where those of this program go.
  func output() throws(ChildFailure) -> String {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failure(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let pid: pid_t
    do {
      defer { close(ends[1]) }
      pid = try start(writingTo: ends[1])
    }
    let text = read(ends[0])
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      let signal = status & 0x7f
      let end = signal == 0 ? "code \(status >> 8 & 0xff)" : "signal \(signal)"
      throw ChildFailure(path: path, reason: "it ended with \(end)")
    }
    return text
  }

  private func start(writingTo end: Int32) throws(ChildFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, end, 1)
    if isSilent { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, path, &actions, nil, &words, environ)
    guard code == 0 else { throw failure(code) }
    return pid
  }

  private func failure(_ code: Int32) -> ChildFailure {
    ChildFailure(path: path, reason: String(cString: strerror(code)))
  }

  private func read(_ end: Int32) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(end, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk.prefix(count)
    }
  }
}

/// Another program that could not be run, or did not end well.
struct ChildFailure: ReportableError {
  var path: String
  var reason: String

  var description: String { "\(path): \(reason)" }
  var exitCode: ExitCode { .wrongInput }
}
