import Models
import Support

/// Reads NumPy's .npy files, versions 1 to 3 (numpy.org, "NEP 1: A Simple File Format for NumPy
/// Arrays"): magic, version, length of the header, a Python dictionary as text, the numbers.
enum NpyReader {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let longestHeader = 1 << 16
  private static let mostDimensions = 32

  /// The array in `bytes`, which are a whole file. Throws with the byte within them.
  static func read(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) -> NumberArray {
    let start = bytes.startIndex
    guard bytes.count >= 10, bytes.prefix(6).elementsEqual(magic) else {
      throw failure(
        "npy-magic", "the file does not begin as .npy files do", at: 0,
        "Write it with numpy.save; name raw numbers .bin or .raw.")
    }
    let version = Int(bytes[start + 6])
    guard (1...3).contains(version) else {
      throw failure(
        "npy-version", "the version of the .npy format is \(version); 1 to 3 are known", at: 6,
        "Write it with numpy.save.")
    }
    let lengthBytes = version == 1 ? 2 : 4
    let headerStart = 8 + lengthBytes
    guard bytes.count >= headerStart else { throw cut(bytes.count, headerStart) }
    var length = 0
    for index in (0..<lengthBytes).reversed() {
      length = length << 8 | Int(bytes[start + 8 + index])
    }
    guard length <= longestHeader else {
      throw failure(
        "npy-header", "the header has \(length) bytes; \(longestHeader) are allowed", at: 8,
        "Save a plain array of numbers, not a structured one.")
    }
    guard bytes.count - headerStart >= length else {
      throw cut(bytes.count, headerStart + length)
    }
    let header = bytes[start + headerStart..<start + headerStart + length]
    let fields = try NpyHeader.parse(header, offset: headerStart)
    let format = try numberFormat(fields.descr, at: headerStart)
    guard !fields.isFortran || fields.shape.count < 2 else {
      throw failure(
        "npy-fortran", "the numbers are stored column by column (fortran_order)", at: headerStart,
        "Save numpy.ascontiguousarray(array).")
    }
    guard fields.shape.count <= mostDimensions, let count = NumberArray.product(fields.shape),
      count <= SampleFile.largest
    else {
      throw failure(
        "npy-shape", "the shape has too many dimensions or numbers", at: headerStart,
        "Store fewer samples.")
    }
    let data = bytes[(start + headerStart + length)...]
    guard data.count >= count * format.width else {
      throw cut(bytes.count, headerStart + length + count * format.width)
    }
    guard data.count == count * format.width else {
      throw failure(
        "npy-size",
        "there are \(data.count) bytes of numbers; the shape \(NumberArray.text(fields.shape)) takes "
          + "\(count * format.width)", at: headerStart + length,
        "Save one array to a file; put several into a .npz.")
    }
    return NumberArray(shape: fields.shape, format: format, bytes: data)
  }

  private static func numberFormat(
    _ descr: String, at offset: Int
  ) throws(Diagnostic) -> NumberFormat {
    let order = descr.first ?? " "
    if let format = NumberFormat(rawValue: String(descr.dropFirst())),
      "<|=".contains(order) || (order == ">" && format.width == 1)
    {
      return format
    }
    let known = NumberFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw failure(
      "npy-type", "the numbers are of type '\(descr)'; little-endian \(known) are read", at: offset,
      "Save array.astype('<f4').")
  }

  private static func cut(_ found: Int, _ needed: Int) -> Diagnostic {
    failure(
      "truncated", "the file ends after \(found) bytes; \(needed) are needed", at: found,
      "Copy or save the file again.")
  }

  static func failure(
    _ rule: String, _ message: String, at offset: Int, _ remedy: String
  ) -> Diagnostic {
    Diagnostic(rule, message, remedy: remedy, place: Place(offset: offset))
  }
}
