// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

// The same formula as anybody would write it for one link, with the functions of
// the C library.

/// M/M/1/K: loss, and the delay in services.
@inline(__always)
func scalarQueue(load: Double, places: Double) -> (loss: Double, delay: Double) {
  let room = 1 - load
  if abs(room) * places < 1e-6 { return (1 / (places + 1), (places + 1) / 2) }
  let logLoad = log(load)
  if load < 1 {
    let full = exp(places * logLoad)
    return (
      room * full / (1 - load * full), (1 / room - full * (1 / room + places)) / (1 - full)
    )
  }
  let empty = exp(-places * logLoad)
  return (
    room / (room * empty - load * (1 - empty)),
    (places + (1 - empty) / room) / (1 - empty)
  )
}
