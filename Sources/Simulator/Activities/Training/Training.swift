// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// Training jobs on fabrics and over sites: iterations of compute, exchanges and meetings.
final class Training: Activity {
  let world: World
  var training: TrainingDesk

  init(_ world: World) {
    self.world = world
    training = TrainingDesk(world.model.training)
  }

  func begin() throws(RunError) { planTraining() }

  var isOver: Bool { training.isOver }

  var fractionsDone: [Double] { training.fractionsDone }
}
