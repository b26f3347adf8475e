// SPDX-License-Identifier: GPL-3.0-or-later

/// The same sentence, or part of one, in English and in Chinese, made from the same figures.
struct Sentence: Equatable, Sendable {
  var english: String
  var chinese: String

  init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// A name or a figure, which is the same in both.
  init(same text: String) { self.init(text, text) }

  static func += (sentence: inout Sentence, more: Sentence) {
    sentence.english += more.english
    sentence.chinese += more.chinese
  }

  static func + (one: Sentence, other: Sentence) -> Sentence {
    Sentence(one.english + other.english, one.chinese + other.chinese)
  }

  /// With the stop of a sentence.
  var ended: Sentence { self + Sentence(".", "。") }
}
