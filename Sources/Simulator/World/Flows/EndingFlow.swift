// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A flow that has sent its last bit, and waits until all that was lost has been sent again.
struct EndingFlow: BitwiseCopyable {
  var record: FlowRecord
  var flowClass: FlowClassID
  /// The position on its path of what held it for longest; -1 for its ceiling.
  var bottleneck: Int32
  var isWatched: Bool
}
