// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import YAMLReader

extension Checker {
  /// Holds a program that says by which path and channels lightpaths go to what it is asked about:
  /// each request by itself, on channels that are the same all the way.
  mutating func checkAssignment(_ section: LightSection, _ model: LightModel) {
    guard case .program(let program) = section.assignment else { return }
    if section.requests.isEmpty {
      report(
        "found an `assignment` by a program without requests, expected some: links are lit by "
          + "first-fit", at: program.origin)
    }
    for (key, isSet) in [
      ("regeneration", section.regeneration.isAnywhere), ("conversion", section.conversion),
    ] where isSet {
      report(
        "found `\(key)` with an `assignment` by a program, expected none: it says one channel for "
          + "all of a path", at: program.origin)
    }
    if section.interference.value == .lit {
      report(
        "found `interference: lit` with an `assignment` by a program, expected full",
        at: section.interference)
    }
    let protected = model.requests.contains { source in
      switch source {
      case .listed(let requests): requests.contains { $0.protection.lightsTwo }
      case .generated(let generator): generator.protection.lightsTwo
      }
    }
    if protected {
      report(
        "found requests protected by a second lightpath, expected the protection none or restoration "
          + "with an `assignment` by a program", at: program.origin)
    }
  }
}

extension Protection {
  fileprivate var lightsTwo: Bool { self == .onePlusOne || self == .ring }
}
