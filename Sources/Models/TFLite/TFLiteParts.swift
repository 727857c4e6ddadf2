import Support

/// Buffers and operator codes.
extension TFLiteModel {
  static func buffers(_ model: FlatTable<TFLiteSchema.Model>) throws(Diagnostic)
    -> [Range<Int>?]
  {
    guard let vector = try parts(model, .buffers, "buffers") else { return [] }
    var result: [Range<Int>?] = []
    result.reserveCapacity(vector.count)
    for index in 0..<vector.count {
      let buffer = try vector.table(index, as: TFLiteSchema.Buffer.self)
      let outside: UInt64 = try buffer.integer(.offset)
      // "Only valid if > 1", says the schema.
      guard outside <= 1 else {
        throw Diagnostic(
          "external-buffer",
          "buffer \(index) stands behind the FlatBuffer, at byte \(outside), as in models above 2 GB",
          remedy: "Such models are not read; no microcontroller runs one.",
          place: Place(offset: buffer.position))
      }
      let data = try buffer.vector(.data, width: 1)?.range
      result.append(data.flatMap { $0.isEmpty ? nil : $0 })
    }
    return result
  }

  static func codes(_ model: FlatTable<TFLiteSchema.Model>) throws(Diagnostic)
    -> [(kind: OperatorKind, version: Int)]
  {
    guard let vector = try parts(model, .operatorCodes, "operator codes") else { return [] }
    var result: [(kind: OperatorKind, version: Int)] = []
    result.reserveCapacity(vector.count)
    for index in 0..<vector.count {
      let table = try vector.table(index, as: TFLiteSchema.OperatorCode.self)
      let old: Int8 = try table.integer(.deprecatedBuiltinCode)
      let new: Int32 = try table.integer(.builtinCode)
      guard old >= 0, new >= 0 else {
        throw Diagnostic(
          "operator-code", "operator code \(index) is \(old) and \(new); codes are not negative",
          remedy: "The file is damaged: convert the model again.",
          place: Place(offset: table.position))
      }
      // Whichever field an old writer left out is 0; both are set where the code is below 127.
      let code = max(Int(old), Int(new))
      let version = Int(try table.integer(.version, default: Int32(1)))
      guard code == OperatorKind.customCode else {
        result.append((OperatorKind(code: code), version))
        continue
      }
      result.append((OperatorKind(customName: try table.string(.customCode) ?? ""), version))
    }
    return result
  }

  /// A vector of offsets whose length is no attack.
  static func parts<Field: SchemaField>(
    _ table: FlatTable<Field>, _ field: Field, _ name: String
  ) throws(Diagnostic) -> FlatVector? {
    guard let vector = try table.vector(field, width: 4) else { return nil }
    guard vector.count <= mostParts else {
      throw Diagnostic(
        "too-many", "there are \(vector.count) \(name); \(mostParts) are allowed",
        remedy: "No model is this large: the file is damaged, or not a model.",
        place: Place(offset: vector.range.lowerBound))
    }
    return vector
  }
}
