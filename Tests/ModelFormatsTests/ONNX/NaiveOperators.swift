@testable import ModelFormats

/// Operators of ONNX written down as their definitions read, in Double, [N, C, H, W] with N = 1: what
/// the reader's drafts are compared with.
struct Image {
  var channels: Int
  var height: Int
  var width: Int
  var values: [Double]

  init(_ shape: [Int], _ values: [Float]) {
    (channels, height, width) = (shape[1], shape[2], shape[3])
    self.values = values.map(Double.init)
  }

  init(_ channels: Int, _ height: Int, _ width: Int) {
    (self.channels, self.height, self.width) = (channels, height, width)
    values = Array(repeating: 0, count: channels * height * width)
  }

  subscript(c: Int, y: Int, x: Int) -> Double? {
    guard (0..<height).contains(y), (0..<width).contains(x) else { return nil }
    return values[(c * height + y) * width + x]
  }

  var floats: [Float] { values.map { Float($0) } }
}

/// A window as the attributes of a node say it.
struct NaiveWindow {
  var size: [Int]
  var pads = [0, 0, 0, 0]
  var strides = [1, 1]
  var dilations = [1, 1]

  var attributes: [ONNXAttributeProto] {
    [
      .ints("kernel_shape", size), .ints("pads", pads), .ints("strides", strides),
      .ints("dilations", dilations),
    ]
  }

  func outputSize(_ height: Int, _ width: Int) -> (height: Int, width: Int) {
    let sizes = [height, width].enumerated().map { axis, extent in
      (extent + pads[axis] + pads[axis + 2] - dilations[axis] * (size[axis] - 1) - 1)
        / strides[axis] + 1
    }
    return (sizes[0], sizes[1])
  }

  /// Each tap at one position: its row and column in the window and in the image.
  func taps(_ y: Int, _ x: Int) -> [(ky: Int, kx: Int, y: Int, x: Int)] {
    (0..<size[0]).flatMap { ky in
      (0..<size[1]).map { kx in
        (
          ky, kx, y * strides[0] - pads[0] + ky * dilations[0],
          x * strides[1] - pads[1] + kx * dilations[1]
        )
      }
    }
  }
}

enum Naive {
  /// Weights [out, in / groups, H, W].
  static func convolution(
    _ image: Image, weights: [Float], bias: [Float], groups: Int, _ window: NaiveWindow
  ) -> Image {
    let (height, width) = window.outputSize(image.height, image.width)
    var result = Image(bias.count, height, width)
    let inputs = image.channels / groups
    for out in bias.indices {
      let first = out / (bias.count / groups) * inputs
      for y in 0..<height {
        for x in 0..<width {
          var sum = Double(bias[out])
          for c in 0..<inputs {
            for tap in window.taps(y, x) {
              let position =
                ((out * inputs + c) * window.size[0] + tap.ky) * window.size[1] + tap.kx
              sum += (image[first + c, tap.y, tap.x] ?? 0) * Double(weights[position])
            }
          }
          result.values[(out * height + y) * width + x] = sum
        }
      }
    }
    return result
  }

  /// `combine` is given what of the window is inside the image, and the number of its taps.
  static func pooling(
    _ image: Image, _ window: NaiveWindow, _ combine: ([Double], Int) -> Double
  ) -> Image {
    let (height, width) = window.outputSize(image.height, image.width)
    var result = Image(image.channels, height, width)
    for c in 0..<image.channels {
      for y in 0..<height {
        for x in 0..<width {
          let taps = window.taps(y, x)
          let inside = taps.compactMap { image[c, $0.y, $0.x] }
          result.values[(c * height + y) * width + x] = combine(inside, taps.count)
        }
      }
    }
    return result
  }
}
