/// The roofline model (Williams, Waterman, Patterson, CACM 52(4), 2009): throughput against
/// arithmetic intensity, both logarithmic, under the roofs of memory and of arithmetic.
public struct RooflineChart: Chart {
  /// "roofline".
  public static let kind = "roofline"
  /// Name, title, caption and size.
  public var heading: Heading

  /// Draws the axes.
  public func draw(in drawing: Drawing) {
    let frame = PlotFrame(
      in: drawing.body, x: Axis(.decades(covering: [0.1, 100]), title: "intensity"),
      y: Axis(.decades(covering: [0.1, 1000]), title: "throughput"), type: drawing.type,
      on: drawing.canvas)
    frame.drawGrid(on: drawing.canvas, theme: drawing.theme)
    frame.drawAxes(on: drawing.canvas, theme: drawing.theme, type: drawing.type)
  }
}
