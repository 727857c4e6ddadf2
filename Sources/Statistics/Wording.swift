import Support

/// The phrases that several reasons and methods share.
enum Wording {
  /// "there is 1", "there are 3", "there are none".
  static func thereAre(_ count: UInt64) -> String {
    switch count {
    case 0: "there are none"
    case 1: "there is 1"
    default: "there are \(count)"
    }
  }

  /// "1 degree of freedom", "11.3 degrees of freedom".
  static func freedom(_ degrees: Double) -> String {
    let tenths = Format.rounded(degrees, places: 1)
    return "\(tenths) \(tenths == "1" ? "degree" : "degrees") of freedom"
  }

  /// Why a level cannot be used, nil when it can.
  static func objection(toLevel level: Double) -> String? {
    level > 0 && level < 1
      ? nil
      : "a confidence level lies between 0 and 1, both excluded; it is \(Format.shortest(level))"
  }

  static let identical = "identical samples: the timer's resolution"
  static let widened = "widened to the timer's quantum"
}
