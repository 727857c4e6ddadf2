import Models
import Support

extension SampleSet {
  /// Reads the true class of each sample, as whole numbers in one dimension: a .npy file, or
  /// `FILE.npz:NAME`. Throws what is none.
  public static func labels(path: String) throws(Diagnostic) -> [Int] {
    let (file, member) = split(path)
    do throws(Diagnostic) {
      return try labels(SampleFile.bytes(path: file), member)
    } catch {
      var failure = error
      failure.file = path
      throw failure
    }
  }

  /// The labels in a file's bytes.
  static func labels(_ bytes: [UInt8], _ member: String?) throws(Diagnostic) -> [Int] {
    let values: [Float]
    if Packing(of: bytes[...]) == .zip {
      let found = try NpzMember.find(in: bytes, named: member) {
        array throws(Diagnostic) in
        try check(array)
        return SampleShape(count: array.count, elements: 1)
      }
      values = found.0.floats(0..<found.0.count)
    } else {
      let array = try NpyReader.read(bytes[...])
      try check(array)
      values = array.floats(0..<array.count)
    }
    return try values.map { value throws(Diagnostic) in
      guard let label = Int(exactly: value) else {
        throw Diagnostic(
          "labels", "a label is \(value), no whole number", remedy: "Labels are 0, 1, 2, ...")
      }
      return label
    }
  }

  private static func check(_ array: NumberArray) throws(Diagnostic) {
    guard array.shape.count == 1 else {
      throw Diagnostic(
        "labels", "the array is \(NumberArray.text(array.shape)); labels have one dimension",
        remedy: "Name the array of labels as FILE.npz:NAME.")
    }
    try SampleShape.checkCount(array.count, of: "labels")
  }
}
