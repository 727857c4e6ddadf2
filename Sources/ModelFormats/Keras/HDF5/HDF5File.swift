import Models
import Support

/// Bytes of an HDF5 file, read with bounds (The HDF Group, "HDF5 File Format Specification Version
/// 3.0", whose sections the files of this folder name).
///
/// The subset that h5py writes for Keras: old- and new-style groups without fractal heaps, contiguous
/// and compact datasets, attributes in object headers. A reader of its own rather than libhdf5, as
/// model files may come from anyone: every address, length and count is checked against the bytes that
/// exist, and `spend` bounds the work where structures overlap or are shared.
final class HDF5File {
  let bytes: [UInt8]
  let superblock: HDF5Superblock
  private var workLeft: Int
  private var groups: [Int: [String: HDF5Link]] = [:]
  private var headers: [Int: HDF5ObjectHeader] = [:]
  private var heaps: [Int: [Int: Range<Int>]] = [:]

  init(_ bytes: [UInt8]) throws(Diagnostic) {
    self.bytes = bytes
    superblock = try HDF5Superblock(bytes)
    // A structure of a whole file is read about once; 64 K more for tiny files.
    workLeft = 4 * bytes.count + (1 << 16)
  }

  /// Takes `units` from the work allowed.
  func spend(_ units: Int, at offset: Int) throws(Diagnostic) {
    guard units <= workLeft else {
      throw HDF5File.damaged(
        "hdf5-work",
        "the same bytes are used over and over: more is referred to than the file holds",
        at: offset)
    }
    workLeft -= units
  }

  /// A cursor on `count` bytes, or on all to the end, at an address, which counts from the base.
  func cursor(
    at address: Int, count: Int? = nil, _ what: String
  ) throws(Diagnostic) -> HDF5Cursor {
    let (start, overflows) = address.addingReportingOverflow(superblock.base)
    guard !overflows, start >= 0, start <= bytes.count, (count ?? 0) <= bytes.count - start,
      (count ?? 0) >= 0
    else {
      throw HDF5File.damaged(
        "hdf5-range",
        "\(what) stands at byte \(address)\(count.map { " with \($0) bytes" } ?? ""); the file has "
          + "\(bytes.count)", at: nil)
    }
    let end = count.map { start + $0 } ?? bytes.count
    return HDF5Cursor(file: self, position: start, end: end, what: what)
  }

  /// The object header at an address.
  func header(at address: Int) throws(Diagnostic) -> HDF5ObjectHeader {
    if let known = headers[address] { return known }
    let result = try HDF5ObjectHeader(self, at: address)
    headers[address] = result
    return result
  }

  /// The links of the group whose object header is at an address.
  func links(at address: Int) throws(Diagnostic) -> [String: HDF5Link] {
    if let known = groups[address] { return known }
    let result = try HDF5Group.links(of: header(at: address), in: self)
    groups[address] = result
    return result
  }

  /// The bytes of an object of the global heap at an address.
  func heapObject(_ index: Int, at address: Int) throws(Diagnostic) -> ArraySlice<UInt8> {
    if heaps[address] == nil {
      heaps[address] = try HDF5GlobalHeap.objects(at: address, in: self)
    }
    guard let range = heaps[address]?[index] else {
      throw Self.damaged(
        "hdf5-heap", "the global heap at byte \(address) has no object \(index)", at: nil)
    }
    try spend(range.count, at: range.lowerBound)
    return bytes[range]
  }

  /// The address of the object that a path leads to, from the group at `start`; nil where it leads
  /// nowhere. Empty names and `.` stand for the group itself.
  func find(_ path: String, from start: Int) throws(Diagnostic) -> Int? {
    var address = start
    for part in path.split(separator: "/") where part != "." {
      switch try links(at: address)[String(part)] {
      case nil: return nil
      case .object(let next)?: address = next
      case .other(let kind)?:
        throw Diagnostic(
          "hdf5-link", "`\(printable(path))` goes through a \(kind) link; only hard links are read",
          remedy: "Save the model again with Keras, which writes hard links.")
      }
    }
    return address
  }

  /// A file that breaks its format.
  static func damaged(_ rule: String, _ message: String, at offset: Int?) -> Diagnostic {
    Diagnostic(
      rule, message, remedy: "The file is damaged or cut short: copy it or save the model again.",
      place: Place(offset: offset))
  }

  /// A part of the format that is not read.
  static func unsupported(_ rule: String, _ message: String, at offset: Int?) -> Diagnostic {
    Diagnostic(
      rule, message,
      remedy: "Rewrite the file with `h5repack -l CONTI -f NONE OLD.h5 NEW.h5`.",
      place: Place(offset: offset))
  }
}
