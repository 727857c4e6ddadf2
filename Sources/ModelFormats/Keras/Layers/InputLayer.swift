import Models
import Support

/// What a model is given.
enum InputLayer {
  /// All sizes; a batch of unknown size is 1.
  static func shape(_ config: LayerConfig) throws(Diagnostic) -> [Int] {
    // `batch_shape` in Keras 3.
    let json = config.json["batch_input_shape"]
    guard let sizes = json.array ?? config.json["batch_shape"].array, !sizes.isEmpty else {
      throw config.unsupported(
        "the shape of the input is not stated",
        "Give the model an input shape before saving it: keras.Input(shape=(...)).")
    }
    var shape: [Int] = []
    for (place, size) in sizes.enumerated() {
      if place == 0, size.isNull {
        shape.append(1)
      } else if let size = size.int, (1...Int(Int32.max)).contains(size) {
        shape.append(size)
      } else {
        throw config.unsupported(
          "size \(place) of the input's shape is \(size.summary)",
          "Fix all sizes but the batch's: keras.Input(shape=(...)) without None.")
      }
    }
    let dtype = config.json["dtype"].text ?? "float32"
    guard dtype.hasPrefix("float") || dtype.hasPrefix("mixed_") else {
      throw config.unsupported(
        "the input is \(printable(dtype)); only floating-point numbers are read",
        "Use an input of type float32.")
    }
    return shape
  }
}
