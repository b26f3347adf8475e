// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// The stream for results.
public enum StandardOutput {
  /// Writes all of the text, or ends the process quietly where its reader has gone.
  ///
  /// A reader such as `head` closes the pipe when it has enough. The process then ends as the
  /// default of SIGPIPE would have it: by that signal, without a word.
  public static func write(_ text: String) throws(OutputError) {
    switch writeAll(text, to: STDOUT_FILENO) {
    case 0: return
    case EPIPE:
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
      // Threads of a pool block signals: there the shell's word for this end must do.
      _exit(128 + SIGPIPE)
    case let code: throw OutputError(errno: code)
    }
  }
}

/// The stream for progress and messages.
public enum StandardError {
  /// Writes the text if that can be done: a lost message must not stop the work.
  public static func write(_ text: String) {
    _ = writeAll(text, to: STDERR_FILENO)
  }
}

/// Standard output that can't be written, as on a full disk.
public struct OutputError: ReportableError, Equatable {
  let errno: Int32

  public var exitCode: ExitCode { .wrongInput }

  public var description: String {
    "standard output: can't write: " + String(cString: strerror(errno))
  }
}

/// Writes all bytes and returns 0, or the error number that stopped it.
func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
  var text = text
  return text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // The other end of a terminal or pipe may have made it non-blocking for all.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
