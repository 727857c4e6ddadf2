import Core
import Models
import Reference

/// The kernel that TFLM runs for an operator on a Cortex-M33 with DSP and FPU: its float reference, or
/// CMSIS-NN 7.0.0 for int8 (read in raspberrypi/pico-tflmicro at dfea53b).
enum KernelClass: Hashable, Sendable {
  /// `reference_ops::FullyConnected`: one row of weights per output.
  case floatMatrix
  /// `reference_ops::Conv`: all weights per output pixel.
  case floatConvolution
  /// `reference_ops::DepthwiseConv`.
  case floatDepthwise
  /// `arm_nn_vec_mat_mult_t_s8`: two rows of weights in turn.
  case int8Matrix
  /// `arm_nn_mat_mult_nt_t_s8`: two rows for all pixels.
  case int8Pointwise
  /// `arm_convolve_s8`: im2col, all weights per two pixels, two rows in turn.
  case int8Convolution
  /// `arm_depthwise_conv_wrapper_s8`.
  case int8Depthwise
  /// Anything without weights, by kind and dtype.
  case other(kind: String, dtype: Dtype)

  /// The kernel for an operator of that dtype.
  init(_ cost: OperatorCost, dtype: Dtype) {
    let isInt8 = dtype == .int8
    switch cost.kind {
    case "FULLY_CONNECTED" where cost.weights.count == 2:
      self = isInt8 ? .int8Matrix : .floatMatrix
    case "CONV_2D" where cost.weights.count == 4 && cost.output.count == 4:
      if !isInt8 {
        self = .floatConvolution
      } else {
        let isPointwise = cost.weights[1] == 1 && cost.weights[2] == 1
        self = isPointwise ? .int8Pointwise : .int8Convolution
      }
    case "DEPTHWISE_CONV_2D" where cost.weights.count == 4 && cost.output.count == 4:
      self = isInt8 ? .int8Depthwise : .floatDepthwise
    default: self = .other(kind: cost.kind, dtype: dtype)
    }
  }

  /// In words.
  var words: String {
    switch self {
    case .floatMatrix: "FULLY_CONNECTED fp32"
    case .floatConvolution: "CONV_2D fp32"
    case .floatDepthwise: "DEPTHWISE_CONV_2D fp32"
    case .int8Matrix: "FULLY_CONNECTED int8"
    case .int8Pointwise: "CONV_2D 1x1 int8"
    case .int8Convolution: "CONV_2D int8"
    case .int8Depthwise: "DEPTHWISE_CONV_2D int8"
    case .other(let kind, let dtype): "\(kind) \(dtype)"
    }
  }
}

/// What the instructions of an operator are counted by.
struct KernelWork {
  /// MACs of taps inside of the image; those in the padding are skipped by the reference kernels.
  var macs: Double
  /// Taps of all outputs, padding included.
  var taps: Double
  /// Values of the output.
  var outputs: Double
  /// Values that im2col copies.
  var copies: Double

  init(_ cost: OperatorCost) {
    outputs = Double(cost.output.reduce(1) { $0 * max($1, 1) })
    macs = Double(cost.macs)
    taps = 0
    copies = 0
    guard cost.weights.count == 4, cost.output.count == 4, let image = ImageWindow(cost) else {
      return
    }
    let perPixel = outputs / Double(image.outputHeight * image.outputWidth)
    let depth = cost.kind == "DEPTHWISE_CONV_2D" ? 1 : cost.weights[3]
    let window = image.rows.taps * image.columns.taps
    taps = Double(window) * outputs
    copies =
      Double(image.outputHeight * image.outputWidth)
      * Double(window * depth)
    macs = Double(image.tapsInside) * perPixel * Double(depth)
  }
}

/// How a filter moves over an image.
struct ImageWindow {
  var rows, columns: WindowAxis
  var outputHeight, outputWidth, padTop, padLeft: Int

  /// Nil unless the operator has an image, a filter and a stride.
  init?(_ cost: OperatorCost) {
    guard cost.input.count == 4, cost.output.count == 4, cost.weights.count == 4,
      (cost.input + cost.output + cost.weights).allSatisfy({ $0 > 0 && $0 <= 1 << 16 })
    else { return nil }
    guard
      let rows = WindowAxis(
        size: cost.input[1], taps: cost.weights[1], stride: max(cost.stride.first ?? 1, 1)),
      let columns = WindowAxis(
        size: cost.input[2], taps: cost.weights[2], stride: max(cost.stride.last ?? 1, 1))
    else { return nil }
    (self.rows, self.columns) = (rows, columns)
    (outputHeight, outputWidth) = (cost.output[1], cost.output[2])
    let isPadded = cost.padding == "same"
    padTop = isPadded ? rows.padding(for: outputHeight).before : 0
    padLeft = isPadded ? columns.padding(for: outputWidth).before : 0
  }

  /// Taps inside of the image, over all output pixels.
  var tapsInside: Int {
    Self.inside(rows, outputHeight, padTop) * Self.inside(columns, outputWidth, padLeft)
  }

  private static func inside(_ axis: WindowAxis, _ positions: Int, _ before: Int) -> Int {
    (0..<positions).reduce(0) { $0 + axis.taps(at: $1, before: before).count }
  }
}
