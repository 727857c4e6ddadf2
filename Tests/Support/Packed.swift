import CArchive
import Support

/// Packed bytes and archives, by libarchive.
package enum Packed {
  /// The bytes, packed so; an archive holds them as `log.txt`.
  package static func bytes(_ bytes: [UInt8], as packing: Packing) -> [UInt8] {
    archive([("log.txt", bytes)], as: packing)
  }

  /// An archive of files, or the first of them packed.
  package static func archive(
    _ files: [(name: String, bytes: [UInt8])], as packing: Packing
  ) -> [UInt8] {
    let archive = archive_write_new()
    defer { archive_write_free(archive) }
    switch packing {
    case .gzip: archive_write_add_filter_gzip(archive)
    case .xz: archive_write_add_filter_xz(archive)
    case .bzip2: archive_write_add_filter_bzip2(archive)
    case .zstd: archive_write_add_filter_zstd(archive)
    default: archive_write_add_filter_none(archive)
    }
    switch packing {
    case .zip: archive_write_set_format_zip(archive)
    case .tar: archive_write_set_format_ustar(archive)
    default: archive_write_set_format_raw(archive)
    }
    // No blocks are filled up with zeros.
    archive_write_set_bytes_in_last_block(archive, 1)
    var result = [UInt8](
      repeating: 0, count: files.reduce(1 << 16) { $0 + 2 * $1.bytes.count + 4096 })
    var used = 0
    result.withUnsafeMutableBytes { buffer in
      archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
      for file in files {
        let entry = archive_entry_new()
        archive_entry_set_pathname(entry, file.name)
        archive_entry_set_filetype(entry, 0o100000)
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_size(entry, la_int64_t(file.bytes.count))
        archive_write_header(archive, entry)
        _ = file.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        archive_entry_free(entry)
      }
      archive_write_close(archive)
    }
    return Array(result[..<used])
  }
}
