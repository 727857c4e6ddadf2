import Models
import Support

/// Samples from files.
extension SampleSet {
  /// Reads samples for `graph`: a .npy file, a .npz file (the member whose shape fits, or
  /// `FILE.npz:NAME`), else raw little-endian numbers.
  ///
  /// The first axis of an array counts samples; a file that holds one sample may leave it out. Axes
  /// of size 1 may be missing, and a sample may be flat. Throws what does not fit, with the byte.
  public static func read(
    path: String, for graph: Graph, options: SampleOptions = SampleOptions()
  ) throws(Diagnostic) -> SampleSet {
    guard graph.inputs.count == 1 else {
      throw Diagnostic(
        "inputs",
        "the model has \(graph.inputs.count) inputs; samples are read for models with one",
        remedy: "Use synthetic samples.", file: path)
    }
    let input = graph.tensors[graph.inputs[0]].shape
    let (file, member) = split(path)
    do throws(Diagnostic) {
      let bytes = try SampleFile.bytes(path: file)
      let (array, shape) = try array(bytes, member, path: file, input: input, options: options)
      return SampleSet(
        .array(array, shape, offset: options.offset, factor: options.factor),
        indices: 0..<shape.count, source: path)
    } catch {
      var failure = error
      failure.file = path
      throw failure
    }
  }

  /// `FILE.npz:NAME` in two; the name is nil where there is none.
  static func split(_ path: String) -> (file: String, member: String?) {
    guard let colon = path.lastIndex(of: ":"), path[..<colon].hasSuffix(".npz") else {
      return (path, nil)
    }
    return (String(path[..<colon]), String(path[path.index(after: colon)...]))
  }

  static func array(
    _ bytes: [UInt8], _ member: String?, path: String, input: [Int], options: SampleOptions
  ) throws(Diagnostic) -> (NumberArray, SampleShape) {
    if Packing(of: bytes[...]) == .zip, path.hasSuffix(".npz") || member != nil {
      return try NpzMember.find(in: bytes, named: member) {
        array throws(Diagnostic) in
        try SampleShape.fit(array.shape, input: input, layout: options.layout)
      }
    }
    if bytes.starts(with: NpyReader.magic) || path.hasSuffix(".npy") {
      let array = try NpyReader.read(bytes[...])
      return (array, try SampleShape.fit(array.shape, input: input, layout: options.layout))
    }
    if path.hasSuffix(".npz") {
      throw Diagnostic(
        "npz-magic", "the file does not begin as .npz files do",
        remedy: "Write it with numpy.savez.", place: Place(offset: 0))
    }
    return try raw(bytes, input: input, options: options)
  }

  private static func raw(
    _ bytes: [UInt8], input: [Int], options: SampleOptions
  ) throws(Diagnostic) -> (NumberArray, SampleShape) {
    let elements = NumberArray.product(SampleShape.ofOne(input)) ?? 0
    let (size, overflows) = elements.multipliedReportingOverflow(by: options.rawFormat.width)
    guard !overflows, size > 0, bytes.count % size == 0, !bytes.isEmpty else {
      throw Diagnostic(
        "raw-size",
        "the file has \(bytes.count) bytes; a sample of \(elements) numbers of type "
          + "\(options.rawFormat) takes \(size), and only whole samples are allowed",
        remedy: "Check the type of the numbers, and that the file is for this model.",
        place: Place(offset: size > 0 ? bytes.count - bytes.count % size : 0))
    }
    let shape = try SampleShape.fit(
      [bytes.count / size, elements], input: input, layout: options.layout)
    return (
      NumberArray(
        shape: [bytes.count / size, elements], format: options.rawFormat, bytes: bytes[...]), shape
    )
  }
}
