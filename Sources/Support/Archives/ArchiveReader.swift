import CArchive

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads what libarchive unpacks: the bytes of .xz, .bz2 and .zst, and the files in .zip and .tar, one after the
/// other. Nothing is written anywhere.
package final class ArchiveReader: ReadableBytes, @unchecked Sendable {
  // `@unchecked`: a stream is read by one thread at a time.
  /// A file in the archive.
  package struct Member: Sendable {
    package var name: String
    /// What the archive says; nil where it does not.
    package var size: Int?
    package var isEncrypted: Bool
  }

  private let archive: OpaquePointer
  private let input: PackedInput
  private let limit: UnpackLimit
  private let packing: Packing
  /// Whether nothing counts unless all is sound.
  private let isWhole: Bool
  private var count = 0
  /// What was unpacked and not yet handed over; libarchive's, good until its next call.
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)
  private var isAtEnd = false
  private var failure: Diagnostic?
  private var isEncrypted = false
  /// Whether nothing more can come, which was said.
  private var isOver = false

  package var size: Int? { nil }

  /// Opens what is packed so.
  ///
  /// - Parameter isWhole: whether a .zip file must have its directory, without which its files may still be read.
  init(
    _ input: PackedInput, as packing: Packing, limit: UnpackLimit, isWhole: Bool = false
  ) throws(Diagnostic) {
    guard let archive = archive_read_new() else {
      throw Diagnostic(
        "unreadable-file", "cannot be read: out of memory", remedy: "Free some memory.")
    }
    (self.archive, self.input, self.limit, self.packing) = (archive, input, limit, packing)
    self.isWhole = isWhole
    guard Self.support(packing, archive, isWhole: isWhole) else {
      throw Diagnostic(
        "unreadable-file",
        "is packed as \(packing.rawValue), which the libarchive here cannot unpack",
        remedy: "Unpack it, and name what comes out.")
    }
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(input).toOpaque())
    archive_read_set_read_callback(archive) { _, context, piece in
      guard let input = PackedInput.behind(context) else { return -1 }
      let next = input.next()
      piece?.pointee = next.baseAddress
      return input.failure == nil ? next.count : -1
    }
    if input.size != nil {
      archive_read_set_skip_callback(archive) { _, context, request in
        guard let input = PackedInput.behind(context), let size = input.size else { return 0 }
        let skipped = min(max(Int(request), 0), max(size - input.position, 0))
        input.move(to: input.position + skipped)
        return la_int64_t(skipped)
      }
      archive_read_set_seek_callback(archive) { _, context, offset, whence in
        guard let input = PackedInput.behind(context), let size = input.size else { return -30 }
        let origin = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? input.position : size
        let (place, overflows) = origin.addingReportingOverflow(Int(offset))
        guard !overflows else { return -30 }
        input.move(to: place)
        return la_int64_t(input.position)
      }
    }
    guard archive_read_open1(archive) == ARCHIVE_OK else { throw reason }
  }

  deinit { archive_read_free(archive) }

  /// Opens a .zip file that must be whole, as its directory stands at its end.
  package convenience init(wholeZip bytes: [UInt8]) throws(Diagnostic) {
    let limit = UnpackLimit()
    try self.init(
      PackedInput(BytesInMemory(bytes), counting: limit), as: .zip, limit: limit, isWhole: true)
  }

  /// Lets libarchive know what may come, and nothing else.
  private static func support(
    _ packing: Packing, _ archive: OpaquePointer, isWhole: Bool
  ) -> Bool {
    let filter =
      switch packing {
      case .xz: archive_read_support_filter_xz(archive)
      case .bzip2: archive_read_support_filter_bzip2(archive)
      case .zstd: archive_read_support_filter_zstd(archive)
      default: ARCHIVE_OK
      }
    let format =
      switch packing {
      case .zip where isWhole: archive_read_support_format_zip_seekable(archive)
      case .zip: archive_read_support_format_zip(archive)
      case .tar: archive_read_support_format_tar(archive)
      default: archive_read_support_format_raw(archive)
      }
    // With a warning it would start another program.
    return filter == ARCHIVE_OK && format == ARCHIVE_OK
      && archive_read_support_format_empty(archive) == ARCHIVE_OK
  }

  /// Goes to the next file; nil behind the last. Folders and links are passed over.
  package func next() throws(Diagnostic) -> Member? {
    guard !isOver else { return nil }
    (block, isAtEnd, failure) = (UnsafeRawBufferPointer(start: nil, count: 0), false, nil)
    var entry: OpaquePointer?
    while true {
      let status = inUTF8 { archive_read_next_header(archive, &entry) }
      if status == ARCHIVE_EOF {
        isAtEnd = true
        return nil
      }
      // A warning is about a name.
      guard status >= ARCHIVE_WARN, let entry else {
        isOver = true
        throw reason
      }
      guard archive_entry_filetype(entry) & 0o170000 == 0o100000 else { continue }
      isEncrypted = archive_entry_is_encrypted(entry) != 0
      return Member(
        name: inUTF8 { archive_entry_pathname(entry).map { String(cString: $0) } } ?? "",
        size: archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil,
        isEncrypted: isEncrypted)
    }
  }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(Diagnostic) -> Int {
    var filled = 0
    while filled < buffer.count {
      if block.isEmpty { unpack() }
      guard !block.isEmpty else { break }
      let part = UnsafeRawBufferPointer(rebasing: block.prefix(buffer.count - filled))
      UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(from: part)
      block = UnsafeRawBufferPointer(rebasing: block.dropFirst(part.count))
      filled += part.count
    }
    if filled == 0, let failure { throw failure }
    return filled
  }

  private func unpack() {
    var (start, length, place): (UnsafeRawPointer?, Int, la_int64_t) = (nil, 0, 0)
    while block.isEmpty, !isAtEnd, failure == nil {
      let status = archive_read_data_block(archive, &start, &length, &place)
      if status == ARCHIVE_EOF {
        isAtEnd = true
      } else if status == ARCHIVE_OK || status == ARCHIVE_WARN {
        // Bounds: libarchive says that so many bytes are there until its next call.
        block = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length)
        count += block.count
        failure = limit.failure(at: count)
        isOver = failure != nil
      }
      if status < ARCHIVE_OK { failure = status == ARCHIVE_FAILED ? refusal : reason }
      if status == ARCHIVE_FATAL { isOver = true }
    }
  }

  /// Why libarchive does not unpack one file.
  private var refusal: Diagnostic {
    if isEncrypted {
      return Diagnostic(
        "encrypted-file", "is encrypted",
        remedy: "Unpack it with its password, and name what comes out.")
    }
    return Diagnostic(
      "unreadable-file", "cannot be unpacked: \(words)",
      remedy: "Unpack it with the program that packed it, and name what comes out.")
  }

  private var words: String {
    let words = archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
    // Some end in a line feed.
    return printable(String(words.split(separator: "\n").first ?? "unknown error"))
  }

  /// Why libarchive gives up.
  private var reason: Diagnostic {
    if let failure = input.failure { return failure }
    let what = packing.holdsFiles ? "archive" : "compressed data"
    let kept = isWhole ? "" : "; what could be unpacked before that was read"
    if input.isExhausted {
      return Diagnostic(
        "read-failure", "the \(what) ends too early\(kept)",
        remedy: "Copy the file again, or take the log from its source.")
    }
    return Diagnostic(
      "read-failure",
      "the \(what) is damaged: \(words)\(kept)",
      remedy: "Copy the file again, or unpack it by hand to see where it is damaged.")
  }

  /// Calls `body` where libarchive may give names in UTF-8.
  private func inUTF8<Result>(_ body: () -> Result) -> Result {
    guard let utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return body() }
    defer { freelocale(utf8) }
    let before = uselocale(utf8)
    defer { uselocale(before) }
    return body()
  }
}

extension PackedInput {
  /// That which a callback of libarchive was given, which its reader keeps.
  fileprivate static func behind(_ context: UnsafeMutableRawPointer?) -> PackedInput? {
    context.map { Unmanaged<PackedInput>.fromOpaque($0).takeUnretainedValue() }
  }
}
