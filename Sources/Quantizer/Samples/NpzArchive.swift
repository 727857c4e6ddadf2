import Models
import Support

/// The members of a .npz file, which is a .zip file, one after the other.
struct NpzArchive {
  /// So many bytes are unpacked of all members: several may claim the same packed ones.
  let largest: Int
  private var reader: ArchiveReader?
  private var unpacked = 0

  init(largest: Int) { self.largest = largest }

  /// Opens the file in `bytes`.
  mutating func open(_ bytes: [UInt8]) throws(Diagnostic) {
    // An empty archive, which libarchive does not take for one that is whole.
    guard !bytes.starts(with: [0x50, 0x4B, 5, 6]) else { return }
    do throws(Diagnostic) { reader = try ArchiveReader(wholeZip: bytes) } catch {
      throw Self.named(error)
    }
  }

  /// Goes to the next member; nil behind the last.
  func next() throws(Diagnostic) -> ArchiveReader.Member? {
    do throws(Diagnostic) { return try reader?.next() } catch { throw Self.named(error) }
  }

  /// The bytes of the member to which `next` went, which are checked against its length and CRC-32.
  mutating func contents(of member: ArchiveReader.Member) throws(Diagnostic) -> [UInt8] {
    guard unpacked + (member.size ?? 0) <= largest else { throw tooLarge }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    do throws(Diagnostic) {
      while let count = try reader?.read(into: &buffer, at: bytes.count), count > 0 {
        guard unpacked + bytes.count + count <= largest else { throw tooLarge }
        bytes += buffer.prefix(count)
      }
    } catch {
      var failure = Self.named(error)
      failure.message = "member '\(printable(member.name))': \(failure.message)"
      throw failure
    }
    unpacked += bytes.count
    return bytes
  }

  private var tooLarge: Diagnostic {
    Diagnostic(
      "zip-size", "the members have more than \(largest) bytes together, the most unpacked",
      remedy: "Name the one with the samples as FILE.npz:NAME, or store fewer samples.")
  }

  /// What the reader of archives says, by the rules of samples.
  private static func named(_ failure: Diagnostic) -> Diagnostic {
    var result = failure
    switch failure.rule {
    case "encrypted-file": result.rule = "zip-encrypted"
    case "unreadable-file": result.rule = "zip-method"
    case "unpacked-size": result.rule = "zip-size"
    case "read-failure": result.rule = "zip-damaged"
    default: return failure
    }
    result.remedy =
      result.rule == "zip-damaged"
      ? "Copy or save the file again." : "Save it with numpy.savez or numpy.savez_compressed."
    return result
  }
}
