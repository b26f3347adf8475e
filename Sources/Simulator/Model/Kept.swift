// SPDX-License-Identifier: GPL-3.0-or-later

/// A large value that does not change, in a place of its own.
///
/// What holds it is as large as a reference. A run can't be copied, and the compiler follows each
/// single number in it to make sure of that: with the model in line it took minutes.
final class Kept<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }
}
