import Models
import Support

/// The configuration of one layer, read field by field.
struct LayerConfig {
  let name: String
  let className: String
  let json: JSON

  /// What is not read: names the layer, its class and the field.
  func unsupported(_ message: String, _ remedy: String) -> Diagnostic {
    Diagnostic(
      "keras-unsupported", "layer `\(printable(name))` (\(printable(className))): \(message)",
      remedy: remedy)
  }

  /// A field that no Keras writes so.
  func broken(_ key: String) -> Diagnostic {
    unsupported(
      "`\(key)` is \(json[key].summary)", "Save the model again with Keras 2 or 3.")
  }

  func has(_ key: String) -> Bool { !json[key].isNull }

  func flag(_ key: String, default value: Bool) throws(Diagnostic) -> Bool {
    guard has(key) else { return value }
    guard let flag = json[key].flag else { throw broken(key) }
    return flag
  }

  func number(_ key: String, default value: Double) throws(Diagnostic) -> Double {
    guard has(key) else { return value }
    guard let number = json[key].number else { throw broken(key) }
    return number
  }

  /// A count, 1 or more.
  func count(_ key: String, default value: Int? = nil) throws(Diagnostic) -> Int {
    if !has(key), let value { return value }
    guard let count = json[key].int, (1...Self.largest).contains(count) else { throw broken(key) }
    return count
  }

  /// Height and width, 1 or more; one number stands for both.
  func extent(_ key: String, default value: Extent? = nil) throws(Diagnostic) -> Extent {
    if !has(key), let value { return value }
    let sizes = json[key].array?.map(\.int) ?? [json[key].int, json[key].int]
    guard sizes.count == 2, let height = sizes[0], let width = sizes[1],
      (1...Self.largest).contains(height), (1...Self.largest).contains(width)
    else { throw broken(key) }
    return Extent(height: height, width: width)
  }

  func padding() throws(Diagnostic) -> Padding {
    guard let text = json["padding"].text else { return .valid }
    guard let padding = Padding(rawValue: text) else {
      throw unsupported(
        "padding \(json["padding"].summary); read are `same` and `valid`",
        "Use padding='same' or 'valid'.")
    }
    return padding
  }

  /// Throws unless images are [N, H, W, C].
  func checkLayout() throws(Diagnostic) {
    guard has("data_format"), json["data_format"].text != "channels_last" else { return }
    throw unsupported(
      "data_format \(json["data_format"].summary); only `channels_last` is read",
      "Rebuild the model with data_format='channels_last'.")
  }

  /// The function of a field `activation`.
  func activation() throws(Diagnostic) -> KerasActivation {
    let value = json["activation"]
    if value.isNull { return .linear }
    // Keras 3 may write a function as {"class_name": "function", "config": "relu"}.
    guard let name = value.text ?? value["config"].text,
      let activation = KerasActivation(rawValue: name)
    else {
      throw unsupported(
        "activation \(value.summary); read are "
          + KerasActivation.allCases.map(\.rawValue).joined(separator: ", "),
        "Replace it by one of these and train again.")
    }
    return activation
  }

  private static let largest = Int(Int32.max)
}
