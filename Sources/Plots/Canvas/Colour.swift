/// An sRGB colour with opacity, components from 0 to 1.
struct Colour: Sendable, Equatable {
  var red: Double
  var green: Double
  var blue: Double
  var opacity: Double

  init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  /// From the usual notation 0xRRGGBB.
  init(_ hex: UInt32) {
    self.init(
      red: Double((hex >> 16) & 255) / 255, green: Double((hex >> 8) & 255) / 255,
      blue: Double(hex & 255) / 255)
  }

  func opacity(_ value: Double) -> Colour {
    Colour(red: red, green: green, blue: blue, opacity: value)
  }

  /// Mixed with another: 0 is this one, 1 the other.
  func mixed(with other: Colour, _ share: Double) -> Colour {
    Colour(
      red: red + (other.red - red) * share, green: green + (other.green - green) * share,
      blue: blue + (other.blue - blue) * share, opacity: opacity)
  }
}
