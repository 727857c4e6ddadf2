/// The colours of a figure. Okabe and Ito's palette (jfly.uni-koeln.de/color, 2008), which readers
/// with any colour vision can tell apart; every figure repeats the meaning by shape, dash or words.
public struct Theme: Sendable, Equatable {
  /// For pages of light or of dark background.
  public enum Name: String, Sendable, Codable, CaseIterable { case light, dark }

  /// Which one it is.
  public let name: Name
  let page: Colour
  let ink: Colour
  /// Text of second rank.
  let soft: Colour
  let line: Colour
  let grid: Colour
  let minorGrid: Colour
  /// The light shade of zones.
  let shade: Colour
  private let roles: [Role: Colour]
  private let textRoles: [Role: Colour]

  /// For markers and lines.
  func colour(_ role: Role) -> Colour { roles[role] ?? ink }

  /// The same hue, for text: contrast to the page at least 4.5.
  func text(_ role: Role) -> Colour { textRoles[role] ?? ink }

  /// The theme of that name.
  public static func named(_ name: Name) -> Theme { name == .light ? light : dark }

  /// Dark ink on a nearly white page.
  public static let light = Theme(
    name: .light, page: Colour(0xfdfdfc), ink: Colour(0x1d2125), soft: Colour(0x5a636d),
    line: Colour(0x8b939b), grid: Colour(0xdcdfe3), minorGrid: Colour(0xeef0f2),
    shade: Colour(0x0072b2).opacity(0.07),
    roles: [
      .flash: Colour(0x0072b2), .sram: Colour(0xd55e00), .nucleo: Colour(0x009e73),
      .fourth: Colour(0xcc79a7), .roof: Colour(0x000000), .error: Colour(0xc1121f),
      .doubtful: Colour(0x8b939b),
    ],
    textRoles: [
      .flash: Colour(0x00629a), .sram: Colour(0xa84a00), .nucleo: Colour(0x00734f),
      .fourth: Colour(0x99487a), .roof: Colour(0x1d2125), .error: Colour(0xb01020),
      .doubtful: Colour(0x5a636d),
    ])

  /// Light ink on a nearly black page, hues lightened.
  public static let dark = Theme(
    name: .dark, page: Colour(0x15181b), ink: Colour(0xe2e5e8), soft: Colour(0x9ca6b0),
    line: Colour(0x6b7580), grid: Colour(0x343a41), minorGrid: Colour(0x22262b),
    shade: Colour(0x56b4e9).opacity(0.10),
    roles: [
      .flash: Colour(0x56b4e9), .sram: Colour(0xf0843c), .nucleo: Colour(0x2cc295),
      .fourth: Colour(0xe29aca), .roof: Colour(0xf2f4f6), .error: Colour(0xff6b6b),
      .doubtful: Colour(0x8b959f),
    ],
    textRoles: [
      .flash: Colour(0x6fc1ee), .sram: Colour(0xf4995b), .nucleo: Colour(0x45cfa4),
      .fourth: Colour(0xe8acd4), .roof: Colour(0xe2e5e8), .error: Colour(0xff8585),
      .doubtful: Colour(0x9ca6b0),
    ])
}
