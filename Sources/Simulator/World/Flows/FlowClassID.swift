// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The position of a flow class in its table, which is also that of the fluid system.
typealias FlowClassID = Position<FlowClass>
