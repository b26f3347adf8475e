// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

// The same formulas as anybody would write them for one link or one flow, with the functions of
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

/// PFTK without a limit of the window: segments that arrive in a second.
@inline(__always)
func scalarPFTK(loss p: Double, roundTrip: Double, timeout: Double) -> Double {
  let b = 2.0
  let kept = 1 - p
  let shift = (2 + b) / (3 * b)
  let window = shift + (8 * kept / (3 * b * p) + shift * shift).squareRoot()
  let logKept = log1p(-p)
  let cube = kept * kept * kept
  let share = min(
    1, p * (3 - p * (3 - p)) * (1 - cube * expm1((window - 3) * logKept)) / -expm1(window * logKept)
  )
  let double = 2 * p
  let row =
    (1 + p * (1 + double * (1 + double * (1 + double * (1 + double * (1 + double)))))) / kept
  return (kept / p + window / 2 + share)
    / (roundTrip * (b * window / 2 + 1) + share * timeout * row)
}
