import Support

/// The fields of one table of a schema: the raw value is the position of the field in it.
protocol SchemaField: RawRepresentable<Int>, Sendable {}

/// One table. A field that is absent, or that an older writer did not know, has its default.
struct FlatTable<Field: SchemaField> {
  let buffer: FlatBuffer
  /// Byte of the file at which the table starts.
  let position: Int
  private let vtable: Int
  private let vtableSize: Int
  private let size: Int

  /// The least that an unshared table takes: the offset that leads to it and the one to its vtable.
  private static var leastBytes: Int { 8 }

  /// The table at `position`, its vtable checked.
  init(_ buffer: FlatBuffer, at position: Int) throws(Diagnostic) {
    try buffer.spend(Self.leastBytes, at: position)
    let back = Int(try buffer.integer(Int32.self, at: position, "the table \(Field.self)"))
    let vtable = position - back
    guard vtable >= 0, vtable < buffer.bytes.count else {
      throw buffer.broken(
        "vtable", "the vtable of \(Field.self) lies outside the file", at: position)
    }
    let vtableSize = Int(try buffer.integer(UInt16.self, at: vtable, "the vtable of \(Field.self)"))
    let size = Int(try buffer.integer(UInt16.self, at: vtable + 2, "the vtable of \(Field.self)"))
    guard vtableSize >= 4, vtableSize % 2 == 0, vtableSize <= buffer.bytes.count - vtable else {
      throw buffer.broken(
        "vtable",
        "the vtable of \(Field.self) has \(vtableSize) bytes; it needs an even number, 4 or "
          + "more, inside the file", at: vtable)
    }
    guard size >= 4, size <= buffer.bytes.count - position else {
      throw buffer.broken(
        "table", "\(Field.self) has \(size) bytes; it needs 4 or more, inside the file",
        at: position)
    }
    self.buffer = buffer
    self.position = position
    self.vtable = vtable
    self.vtableSize = vtableSize
    self.size = size
  }

  /// Byte of the file at which a field of `width` bytes stands; nil where it is absent.
  func place(of field: Field, width: Int) throws(Diagnostic) -> Int? {
    let slot = 4 + 2 * field.rawValue
    guard slot + 2 <= vtableSize else { return nil }
    let offset = Int(try buffer.integer(UInt16.self, at: vtable + slot, name(field)))
    if offset == 0 { return nil }
    guard offset >= 4, offset <= size - width else {
      throw buffer.broken(
        "field", "\(name(field)) lies outside its table of \(size) bytes", at: vtable + slot)
    }
    return position + offset
  }

  /// An integer field.
  func integer<T: FixedWidthInteger>(_ field: Field, default value: T = 0)
    throws(Diagnostic) -> T
  {
    guard let place = try place(of: field, width: T.bitWidth / 8) else { return value }
    return try buffer.integer(T.self, at: place, name(field))
  }

  /// A 32-bit float field.
  func float(_ field: Field) throws(Diagnostic) -> Float {
    Float(bitPattern: try integer(field, default: UInt32(0)))
  }

  /// A field of one byte that is 0 or not.
  func bool(_ field: Field) throws(Diagnostic) -> Bool {
    try integer(field, default: UInt8(0)) != 0
  }

  /// Where an offset field leads; nil where it is absent.
  func target(_ field: Field) throws(Diagnostic) -> Int? {
    guard let place = try place(of: field, width: 4) else { return nil }
    return try buffer.target(at: place, name(field))
  }

  /// A field that is a table.
  func table<Other: SchemaField>(_ field: Field, as: Other.Type) throws(Diagnostic)
    -> FlatTable<Other>?
  {
    guard let target = try target(field) else { return nil }
    return try FlatTable<Other>(buffer, at: target)
  }

  /// A field that is a vector of elements of `width` bytes; nil where it is absent.
  func vector(_ field: Field, width: Int) throws(Diagnostic) -> FlatVector? {
    guard let target = try target(field) else { return nil }
    return try FlatVector(buffer, at: target, width: width, name: name(field))
  }

  /// A field that is text; nil where it is absent.
  func string(_ field: Field) throws(Diagnostic) -> String? {
    guard let vector = try vector(field, width: 1) else { return nil }
    let end = vector.range.upperBound
    guard end < buffer.bytes.count, buffer.bytes[end] == 0 else {
      throw buffer.broken("string", "the text \(name(field)) does not end in a zero byte", at: end)
    }
    try buffer.spend(vector.count, at: vector.range.lowerBound)
    return buffer.text(vector.range)
  }

  /// As in `Tensor.shape`.
  private func name(_ field: Field) -> String { "\(Field.self).\(field)" }
}
