import Core
import Support

/// The roofline model (Williams, Waterman, Patterson, CACM 52(4), 2009): throughput against
/// arithmetic intensity, both logarithmic, under the roofs of memory and of arithmetic.
///
/// Throughputs and bandwidths are given per second (MAC/s, B/s) or all per cycle (MAC/cycle,
/// B/cycle), as `throughput` says. Intensities are MAC per byte.
public struct RooflineChart: Chart {
  /// "roofline".
  public static let kind = "roofline"
  /// Name, title, caption and size.
  public var heading: Heading
  /// The unit of all throughputs and bandwidths.
  public var throughput: ThroughputUnit
  /// What counts the bytes, for the axis title: "weights + activations, each once".
  public var byteCounter: String
  /// What counts the bytes of the points' second, small markers.
  public var otherByteCounter: String?
  /// Slanted roofs.
  public var memoryRoofs: [MemoryRoof]
  /// Level roofs.
  public var ceilings: [Ceiling]
  /// Where a memory roof meets a ceiling; numbered in this order.
  public var ridges: [Ridge]
  /// The bandwidth-bound side of a ridge, shaded and named.
  public var zone: Zone?
  /// The best a core reaches that waits for every fetch: 1/(1/compute + 1/(bandwidth × intensity)).
  public var noOverlap: Ridge?
  /// What colours mean.
  public var series: [PointSeries]
  /// The points, in the order of the table beside the figure.
  public var points: [DataPoint]
  /// Arrows between points, such as from flash to SRAM.
  public var moves: [Move]
  /// Ends of the axes; from the data if nil. Boards that are compared get the same.
  public var limits: Limits?
  /// What filled and hollow markers mean.
  public var filledName: String
  /// What hollow markers mean.
  public var hollowName: String

  /// A chart without data, to be filled in.
  public init(_ heading: Heading, throughput: ThroughputUnit, byteCounter: String) {
    self.heading = heading
    self.throughput = throughput
    self.byteCounter = byteCounter
    memoryRoofs = []
    ceilings = []
    ridges = []
    series = []
    points = []
    moves = []
    filledName = Dtype.int8.description
    hollowName = Dtype.fp32.description
  }

  /// What was left out, what is in error, and the meaning of MAC.
  public var notes: [String] { RooflineModel(self).notes }

  /// Errors: more points or roofs than a figure can hold.
  public func validate() throws(Diagnostic) {
    let most = 2_000
    guard points.count <= most, moves.count <= most else {
      throw .notAFigure("a roofline has at most \(most) points, this one \(points.count)")
    }
    guard memoryRoofs.count + ceilings.count + ridges.count + series.count <= 60 else {
      throw .notAFigure("a roofline has at most 60 roofs, ridges and series")
    }
  }

  /// Rows of the legend, if it finds no empty corner.
  public func overflow(in drawing: Drawing) -> Double {
    RooflineRenderer(self, in: drawing).overflow
  }

  /// Draws roofs, points, labels and legend.
  public func draw(in drawing: Drawing) {
    RooflineRenderer(self, in: drawing).draw()
  }
}
