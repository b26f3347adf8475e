// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine

/// `cpnsim completions`: prints the script by which a shell completes command lines.
struct CompletionsCommand: Command {
  static let name = "completions"
  static let abstract = "Print the completion script of a shell."
  static let examples = [
    Example("source <(cpnsim completions bash)", "Complete in this bash."),
    Example(
      "cpnsim completions zsh > \"${fpath[1]}/_cpnsim\"", "Complete in every zsh from the next on."),
    Example("cpnsim completions fish | source", "Complete in this fish."),
  ]
  static var parameters: [Parameter<Self>] {
    [.argument("shell", \.shell, "The shell.")]
  }

  var shell = Shell.bash

  func run() throws -> ExitCode {
    try StandardOutput.write(Completions.script(for: .cpnsim, shell: shell))
    return .done
  }
}
