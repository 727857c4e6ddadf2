/// What every figure has besides its data.
public struct Heading: Codable, Sendable, Equatable {
  /// Stem of file names and prefix of ids in the SVG, such as "roofline-rp2350".
  public var name: String
  /// Stands above the plot, in bold.
  public var title: String
  /// What the figure shows, in a sentence or two: the description and the alternative text.
  public var summary: String
  /// Method, n, conditions; drawn below the figure so that it travels with it.
  public var caption: String
  /// For a page or for a phone.
  public var layout: Layout
  /// Width of the figure and height of title and plot; legend rows and caption add theirs below.
  public var size: Size

  /// - Parameter size: the layout's usual one by default.
  public init(
    name: String, title: String, summary: String, caption: String = "", layout: Layout = .wide,
    size: Size? = nil
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.caption = caption
    self.layout = layout
    self.size = size ?? .standard(layout)
  }
}
