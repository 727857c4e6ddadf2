#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Names of files as strings. On Linux a name is any bytes; each byte that is not UTF-8 is a character of a
/// private area here, so that the string leads back to the very file.
package enum SystemPath {
  /// Byte 0x80 is the character behind as many others.
  private static let area: UInt32 = 0x10_FE00

  /// The string of a name's bytes.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    var result = String.UnicodeScalarView()
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      var decoder = UTF8()
      var input = rest.prefix(4).makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&input), byte(scalar) == nil {
        result.append(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        if let first = rest.popFirst(), let stand = Unicode.Scalar(area + UInt32(first)) {
          result.append(stand)
        }
      }
    }
    return String(result)
  }

  /// The same for a string of C.
  package static func text(of name: UnsafePointer<CChar>) -> String {
    // Bounds: a zero ends it.
    text(UnsafeBufferPointer(start: name, count: strlen(name)).lazy.map(UInt8.init(bitPattern:)))
  }

  /// The byte for which a character stands; nil for any other character.
  package static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    (area + 0x80...area + 0xFF).contains(scalar.value) ? UInt8(scalar.value - area) : nil
  }

  /// The bytes of a name, with the zero at their end.
  fileprivate static func bytes(_ text: String) -> [CChar] {
    var bytes: [CChar] = []
    for scalar in text.unicodeScalars {
      if let byte = byte(scalar) {
        bytes.append(CChar(bitPattern: byte))
      } else {
        bytes += UTF8.encode(scalar).map { $0.map(CChar.init(bitPattern:)) } ?? []
      }
    }
    return bytes + [0]
  }

  /// The arguments of the process, without the name of the program.
  package static var arguments: [String] {
    // Bounds: the system gives so many strings, each with a zero at its end.
    (1..<max(Int(CommandLine.argc), 1)).compactMap { i in
      CommandLine.unsafeArgv[i].map { SystemPath.text(of: $0) }
    }
  }
}

extension String {
  /// Calls `body` with the name that the system knows.
  package func withSystemPath<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    guard unicodeScalars.contains(where: { SystemPath.byte($0) != nil }) else {
      return withCString(body)
    }
    return SystemPath.bytes(self).withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map(body) ?? withCString(body)
    }
  }
}
