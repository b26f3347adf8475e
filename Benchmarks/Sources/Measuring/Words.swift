// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// The words of a command line: options as `--name value`, flags as `--name`, and the rest.
public struct Words {
  private var options: [String: String] = [:]
  public private(set) var rest: [String] = []

  /// Ends the program with a message where an option is unknown or has no value.
  public init(_ words: some Sequence<String>, options known: [String], flags: [String] = []) {
    var waiting: String?
    for word in words {
      if let option = waiting {
        options[option] = word
        waiting = nil
      } else if word.hasPrefix("--") {
        let name = String(word.dropFirst(2))
        if flags.contains(name) {
          options[name] = ""
        } else if known.contains(name) {
          waiting = name
        } else {
          Words.stop("unknown option \(word); known: \((known + flags).joined(separator: ", "))")
        }
      } else {
        rest.append(word)
      }
    }
    if let waiting { Words.stop("--\(waiting) needs a value") }
  }

  public func has(_ flag: String) -> Bool { options[flag] != nil }

  public subscript(name: String) -> String? { options[name] }

  /// A number of the form 1000 or 1e3.
  public func number(_ name: String) -> Double? {
    options[name].map { Words.number($0) }
  }

  /// The comma-separated parts of an option.
  public func list(_ name: String) -> [String]? {
    options[name]?.split(separator: ",").map(String.init)
  }

  public static func number(_ text: String) -> Double {
    guard let value = Double(text), value >= 0, value < 1e15 else {
      stop("expected a number, found \"\(text)\"")
    }
    return value
  }

  /// Prints a message and ends the program as wrong use does.
  public static func stop(_ message: String) -> Never {
    let text = "error: \(message)\n"
    _ = text.withCString { write(STDERR_FILENO, $0, text.utf8.count) }
    exit(2)
  }
}
