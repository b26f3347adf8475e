// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine

/// For whom a command prints: people, spreadsheets or programs.
enum OutputFormat: String, CaseIterable, ArgumentValue {
  case table
  case csv
  case json
}
