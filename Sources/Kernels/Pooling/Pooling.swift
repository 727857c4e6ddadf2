/// Sizes of a window that moves over images [N, H, W, C], each channel by itself.
///
/// The kernels read input[n, y, x, c] only for 0 <= y < inputHeight, 0 <= x < inputWidth and write
/// each output element once, so input must have batches x inputHeight x inputWidth x depth elements,
/// output batches x outputHeight x outputWidth x depth.
public struct PoolingParameters: Sendable {
  /// Images at once, N.
  public var batches: Int32 = 1
  /// Channels, of input and output.
  public var depth: Int32 = 1
  /// Of the input.
  public var inputHeight: Int32 = 1
  /// Of the input.
  public var inputWidth: Int32 = 1
  /// Of the output.
  public var outputHeight: Int32 = 1
  /// Of the output.
  public var outputWidth: Int32 = 1
  /// Of the window.
  public var filterHeight: Int32 = 1
  /// Of the window.
  public var filterWidth: Int32 = 1
  /// Distance of neighbouring positions.
  public var strideHeight: Int32 = 1
  /// Distance of neighbouring positions.
  public var strideWidth: Int32 = 1
  /// Rows of padding above.
  public var padTop: Int32 = 0
  /// Columns of padding on the left.
  public var padLeft: Int32 = 0
  /// int8: what results are held in.
  public var range = Int8Range()
  /// fp32: what results are held in.
  public var floatRange = FloatRange()

  /// A window of one element.
  public init() {}
}

/// The part of a window that lies on the image, and where its channel stands.
///
/// What `TapRange` says of taps that touch, in fewer instructions.
struct WindowOnImage {
  /// Offset of its first element's first channel.
  var start: Int
  var height: Int
  var width: Int
  /// Offset from one row to the next.
  var rowStride: Int
  var depth: Int

  /// What lies on the image of the window for one output position.
  @inline(__always)
  init(_ parameters: PoolingParameters, batch: Int32, row: Int32, column: Int32) {
    let top = row &* parameters.strideHeight &- parameters.padTop
    let left = column &* parameters.strideWidth &- parameters.padLeft
    let firstRow = max(0, top)
    let firstColumn = max(0, left)
    let endRow = min(top &+ parameters.filterHeight, parameters.inputHeight)
    let endColumn = min(left &+ parameters.filterWidth, parameters.inputWidth)
    height = Int(max(0, endRow &- firstRow))
    width = Int(max(0, endColumn &- firstColumn))
    depth = Int(parameters.depth)
    rowStride = Int(parameters.inputWidth) &* depth
    let image = Int(batch) &* Int(parameters.inputHeight) &* rowStride
    start = image &+ Int(firstRow) &* rowStride &+ Int(firstColumn) &* depth
  }

  /// Combines the elements of one channel, row by row.
  @inline(__always)
  func fold<Element, Result>(
    _ input: UnsafePointer<Element>, channel: Int, from initial: Result,
    _ combine: (Result, Element) -> Result
  ) -> Result {
    var result = initial
    var y = 0
    while y < height {
      var offset = start &+ y &* rowStride &+ channel
      var x = 0
      while x < width {
        result = combine(result, input[offset])
        offset &+= depth
        x &+= 1
      }
      y &+= 1
    }
    return result
  }
}

/// Gives every window of an output, and the offset of its first channel there.
@inline(__always)
func forEachWindow(_ parameters: PoolingParameters, _ body: (WindowOnImage, Int) -> Void) {
  var offset = 0
  var batch: Int32 = 0
  while batch < parameters.batches {
    var row: Int32 = 0
    while row < parameters.outputHeight {
      var column: Int32 = 0
      while column < parameters.outputWidth {
        body(WindowOnImage(parameters, batch: batch, row: row, column: column), offset)
        offset &+= Int(parameters.depth)
        column &+= 1
      }
      row &+= 1
    }
    batch &+= 1
  }
}
