import Models
import Support

/// How an array of samples fits the input of a model: the first axis counts the samples.
struct SampleShape: Equatable {
  /// Samples in the array.
  var count: Int
  /// Numbers of one sample.
  var elements: Int
  /// Channels, height and width of a sample that has to be turned around; nil where none has.
  var channelsFirst: (channels: Int, height: Int, width: Int)?

  /// A few MB of a packed file may claim a thousand times as many samples of one number, and each
  /// takes memory of its own.
  static let mostSamples = 1 << 20

  static func == (a: SampleShape, b: SampleShape) -> Bool {
    a.count == b.count && a.elements == b.elements
      && a.channelsFirst.map { [$0.channels, $0.height, $0.width] }
        == b.channelsFirst.map { [$0.channels, $0.height, $0.width] }
  }

  /// The shape of one sample: that of the input, without its batch of 1.
  static func ofOne(_ input: [Int]) -> [Int] { input.first == 1 ? Array(input.dropFirst()) : input }

  /// How `array` fits `input`; throws what does not fit, and the remedy.
  static func fit(
    _ array: [Int], input: [Int], layout: SampleOptions.Layout
  ) throws(Diagnostic) -> SampleShape {
    let sample = ofOne(input)
    guard let elements = NumberArray.product(sample), elements > 0 else {
      throw Diagnostic(
        "sample-shape", "the model's input has no elements",
        remedy: "Convert the model with fixed shapes.")
    }
    var images: (channels: Int, height: Int, width: Int)?
    if layout == .nchw {
      guard sample.count == 3 else {
        throw Diagnostic(
          "sample-shape",
          "the model's input is \(NumberArray.text(input)): no image, so it has no channels",
          remedy: "Leave the layout NCHW out.")
      }
      images = (sample[2], sample[0], sample[1])
    }
    // As stored: what one sample looks like in the file.
    let wanted = images.map { [$0.channels, $0.height, $0.width] } ?? sample
    func result(_ count: Int) throws(Diagnostic) -> SampleShape {
      guard count > 0 else {
        throw Diagnostic(
          "no-samples", "there are no samples", remedy: "Store at least one sample.")
      }
      try checkCount(count, of: "samples")
      return SampleShape(count: count, elements: elements, channelsFirst: images)
    }
    if array == wanted { return try result(1) }
    guard let count = array.first else { throw mismatch(array, wanted, "") }
    let rest = Array(array.dropFirst())
    if rest == [elements] || squeezed(rest) == squeezed(wanted), !rest.isEmpty || elements == 1 {
      return try result(count)
    }
    throw mismatch(array, wanted, remedy(rest, sample, layout))
  }

  /// Throws where there are more of `what` than are read.
  static func checkCount(_ count: Int, of what: String) throws(Diagnostic) {
    guard count <= mostSamples else {
      throw Diagnostic(
        "sample-count", "there are \(count) \(what); up to \(mostSamples) are read",
        remedy: "A few hundred samples are enough to calibrate: store fewer.")
    }
  }

  private static func squeezed(_ shape: [Int]) -> [Int] { shape.filter { $0 != 1 } }

  private static func remedy(
    _ rest: [Int], _ sample: [Int], _ layout: SampleOptions.Layout
  ) -> String {
    guard sample.count == 3 else { return "" }
    let turned = [sample[2], sample[0], sample[1]]
    if layout == .nhwc, squeezed(rest) == squeezed(turned) {
      return "The samples look like NCHW: add --layout nchw, and they are turned around."
    }
    if layout == .nchw, squeezed(rest) == squeezed(sample) {
      return "The samples look like NHWC already: leave the layout NCHW out."
    }
    return ""
  }

  private static func mismatch(_ array: [Int], _ wanted: [Int], _ remedy: String) -> Diagnostic {
    Diagnostic(
      "sample-shape",
      "the array is \(NumberArray.text(array)); a sample of this model is "
        + "\(NumberArray.text(wanted)), with the number of samples in front",
      remedy: remedy.isEmpty
        ? "Reshape the array; values are not guessed into place." : remedy)
  }
}
