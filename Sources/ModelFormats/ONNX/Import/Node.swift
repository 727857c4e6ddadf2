import Models
import Support

/// One node of the file: its names and its attributes by name.
struct Node {
  /// Position in the file.
  let index: Int
  /// As in `Conv`.
  let kind: String
  /// Empty where an optional input is left out.
  let inputs: [String]
  let outputs: [String]
  /// Version of the operators.
  let opset: Int
  private let name: String
  private let attributes: [String: ONNXAttributeProto]

  init(_ proto: ONNXNodeProto, index: Int, opset: Int) throws(Diagnostic) {
    self.index = index
    self.opset = opset
    kind = proto.opType
    inputs = proto.input
    outputs = proto.output
    name = proto.name.isEmpty ? proto.output.first ?? "" : proto.name
    var attributes: [String: ONNXAttributeProto] = [:]
    var repeated: String?
    for attribute in proto.attribute
    where attributes.updateValue(attribute, forKey: attribute.name) != nil {
      repeated = attribute.name
    }
    self.attributes = attributes
    if let repeated {
      throw failure("attribute", "the attribute `\(printable(repeated))` is there twice")
    }
  }

  var place: Place { Place(operatorIndex: index, operatorKind: printable(kind)) }

  /// A diagnostic with the node's position, kind and name.
  func failure(
    _ rule: String, _ message: String, remedy: String = "The model is damaged: export it again."
  ) -> Diagnostic {
    Diagnostic(rule, message, remedy: remedy, place: place).named(name)
  }

  /// What cannot be expressed with TFLite's operators.
  func unsupported(_ message: String, remedy: String) -> Diagnostic {
    failure("unsupported", message, remedy: remedy)
  }

  /// The same diagnostic at this node.
  func located(_ error: Diagnostic) -> Diagnostic {
    var result = error
    result.place = place
    return result.named(name)
  }

  /// The name of an input; nil where it is left out.
  func input(_ position: Int) -> String? {
    guard inputs.indices.contains(position), !inputs[position].isEmpty else { return nil }
    return inputs[position]
  }

  /// Attributes that `known` does not name change what the node means.
  func check(attributes known: Set<String>) throws(Diagnostic) {
    for name in attributes.keys.sorted() where !known.contains(name) {
      throw failure(
        "attribute", "the attribute `\(printable(name))` is none of this operator's",
        remedy: "Export the model with operators of the ONNX standard only.")
    }
  }
}

/// Attributes as values.
extension Node {
  func has(_ name: String) -> Bool { attributes[name] != nil }

  func int(_ name: String, default standard: Int) throws(Diagnostic) -> Int {
    guard let attribute = try attribute(name, .int) else { return standard }
    return Int(attribute.i)
  }

  /// An attribute that is 0 or 1.
  func flag(_ name: String, default standard: Bool = false) throws(Diagnostic) -> Bool {
    let value = try int(name, default: standard ? 1 : 0)
    guard value == 0 || value == 1 else {
      throw failure("attribute", "`\(name)` is \(value); it must be 0 or 1")
    }
    return value == 1
  }

  func float(_ name: String, default standard: Float) throws(Diagnostic) -> Float {
    guard let attribute = try attribute(name, .float) else { return standard }
    return attribute.f
  }

  func text(_ name: String, default standard: String) throws(Diagnostic) -> String {
    guard let attribute = try attribute(name, .string) else { return standard }
    return String(decoding: attribute.s, as: UTF8.self)
  }

  func ints(_ name: String) throws(Diagnostic) -> [Int]? {
    guard let attribute = try attribute(name, .ints) else { return nil }
    return attribute.ints.map { Int($0) }
  }

  func floats(_ name: String) throws(Diagnostic) -> [Float]? {
    try attribute(name, .floats)?.floats
  }

  func tensor(_ name: String) throws(Diagnostic) -> ONNXTensorProto? {
    try attribute(name, .tensor)?.t
  }

  private func attribute(
    _ name: String, _ type: ONNXAttributeProto.AttributeType
  ) throws(Diagnostic) -> ONNXAttributeProto? {
    guard let attribute = attributes[name] else { return nil }
    // Files of IR version 1 and 2 leave the type out; those are not read.
    guard attribute.type == type else {
      throw failure("attribute", "`\(name)` is of type \(attribute.type); it must be \(type)")
    }
    return attribute
  }
}
