// SPDX-License-Identifier: GPL-3.0-or-later

/// A large value that does not change, in a place of its own.
///
/// What holds it is as large as a reference, and is copied and passed on as fast.
package final class Boxed<Value: Sendable>: Sendable {
  package let value: Value

  package init(_ value: Value) {
    self.value = value
  }
}
