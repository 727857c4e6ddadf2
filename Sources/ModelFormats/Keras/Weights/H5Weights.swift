import Models
import Support

/// The arrays of a Keras .h5 file: a group for each layer, whose attribute `weight_names` lists
/// datasets (keras/saving/legacy/hdf5_format.py).
struct H5Weights: WeightSource {
  private let file: HDF5File
  /// Address of the group of groups.
  private let root: Int

  init(_ file: HDF5File) throws(Diagnostic) {
    self.file = file
    guard let root = try file.find("model_weights", from: file.superblock.root) else {
      throw Diagnostic(
        "keras-weights", "the file has no group `model_weights`",
        remedy: "Save the whole model with model.save('NAME.h5').")
    }
    self.root = root
  }

  func arrays(of layer: String) throws(Diagnostic) -> [String: WeightArray] {
    guard let group = try file.find(layer, from: root) else { return [:] }
    var result: [String: WeightArray] = [:]
    for name in try names(of: group, layer) {
      guard let address = try file.find(name, from: group) else {
        throw Diagnostic(
          "keras-weights",
          "layer `\(printable(layer))` lists the weights `\(printable(name))`, which are not in the file",
          remedy: "Save the model again with Keras.")
      }
      let role = Self.role(name)
      guard result[role] == nil else {
        throw Diagnostic(
          "keras-weights", "layer `\(printable(layer))` has two weights named `\(printable(role))`",
          remedy: "Save the model again, its layers not nested in one another.")
      }
      result[role] = try array(at: address, name)
    }
    return result
  }

  /// Keras splits a long list over `weight_names0`, `weight_names1`, ...
  private func names(of group: Int, _ layer: String) throws(Diagnostic) -> [String] {
    if let names = try file.texts("weight_names", of: group) { return names }
    var result: [String] = []
    var part = 0
    while let names = try file.texts("weight_names\(part)", of: group) {
      result += names
      part += 1
    }
    return result
  }

  /// `kernel` of `conv2d/kernel:0`.
  private static func role(_ name: String) -> String {
    let last = name.split(separator: "/").last ?? ""
    return String(last.prefix { $0 != ":" })
  }

  private func array(at address: Int, _ name: String) throws(Diagnostic) -> WeightArray {
    let dataset = try HDF5Dataset(file, at: address, name: name)
    if case .float(let size, let isLittle) = dataset.datatype {
      let formats: [Int: WeightArray.Format] = [2: .float16, 4: .float32, 8: .float64]
      if let format = formats[size],
        let array = WeightArray(
          name: name, shape: dataset.shape, format: format, isLittleEndian: isLittle,
          bytes: dataset.data)
      {
        return array
      }
    }
    throw Diagnostic(
      "keras-weights",
      "the weights `\(printable(name))` are \(dataset.datatype.name); read are float16, float32 and "
        + "float64", remedy: "Save a model of type float32.",
      place: Place(offset: dataset.data.startIndex))
  }
}
