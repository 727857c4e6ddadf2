import Models
import Support

/// The dictionary in a .npy file: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NpyHeader: Equatable {
  var descr: String
  var isFortran: Bool
  var shape: [Int]

  /// Reads the header's text. `offset` is where it stands in the file, for messages.
  static func parse(
    _ bytes: ArraySlice<UInt8>, offset: Int
  ) throws(Diagnostic) -> NpyHeader {
    var scanner = Scanner(rest: bytes, end: offset + bytes.count)
    var descr: String?
    var isFortran: Bool?
    var shape: [Int]?
    try scanner.expect("{")
    while !scanner.skip("}") {
      let key = try scanner.quoted()
      try scanner.expect(":")
      switch key {
      case "descr": descr = try scanner.quoted()
      case "fortran_order": isFortran = try scanner.boolean()
      case "shape": shape = try scanner.tuple()
      default: throw scanner.failure("an unknown key")
      }
      if !scanner.skip(",") {
        try scanner.expect("}")
        break
      }
    }
    guard let descr, let isFortran, let shape, scanner.isAtEnd else {
      throw scanner.failure("something else than descr, fortran_order and shape")
    }
    return NpyHeader(descr: descr, isFortran: isFortran, shape: shape)
  }

  /// What Python's literals need of a scanner.
  private struct Scanner {
    var rest: ArraySlice<UInt8>
    let end: Int

    var isAtEnd: Bool {
      mutating get {
        skipSpace()
        return rest.isEmpty
      }
    }

    mutating func skipSpace() {
      while let first = rest.first, [0x20, 0x09, 0x0A, 0x0D].contains(first) { rest.removeFirst() }
    }

    mutating func skip(_ text: StaticString) -> Bool {
      skipSpace()
      // Bounds: the pointer of a static string is valid for its length.
      let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      guard rest.starts(with: wanted) else { return false }
      rest.removeFirst(wanted.count)
      return true
    }

    mutating func expect(_ text: StaticString) throws(Diagnostic) {
      guard skip(text) else { throw failure("no \(text)") }
    }

    mutating func quoted() throws(Diagnostic) -> String {
      skipSpace()
      guard let quote = rest.first, quote == 0x27 || quote == 0x22 else {
        throw failure("no text in quotes")
      }
      rest.removeFirst()
      guard let close = rest.firstIndex(of: quote) else { throw failure("a quote without end") }
      let text = rest[rest.startIndex..<close]
      guard text.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
        throw failure("characters that are not ASCII")
      }
      rest = rest[(close + 1)...]
      return String(decoding: text, as: UTF8.self)
    }

    mutating func boolean() throws(Diagnostic) -> Bool {
      if skip("True") { return true }
      try expect("False")
      return false
    }

    mutating func tuple() throws(Diagnostic) -> [Int] {
      try expect("(")
      var result: [Int] = []
      while !skip(")") {
        skipSpace()
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard let size = Int(String(decoding: digits, as: UTF8.self)) else {
          throw failure("a size that is no number")
        }
        rest.removeFirst(digits.count)
        // Python 2 wrote sizes as 3L.
        _ = skip("L")
        result.append(size)
        if !skip(",") {
          try expect(")")
          break
        }
      }
      return result
    }

    func failure(_ what: String) -> Diagnostic {
      NpyReader.failure(
        "npy-header", "the header holds \(what) where descr, fortran_order and shape are expected",
        at: end - rest.count, "Save a plain array of numbers with numpy.save.")
    }
  }
}
