// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A flow that has sent its last bit, and waits until all that was lost has been sent again.
struct EndingFlow: BitwiseCopyable {
  var record: FlowRecord
  var flowClass: FlowClassID
  /// What held it for longest.
  var holder: Holder
  var isWatched: Bool
}
