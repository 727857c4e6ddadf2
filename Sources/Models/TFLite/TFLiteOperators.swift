import Support

/// Operators.
extension TFLiteModel {
  func operatorOf(_ table: FlatTable<TFLiteSchema.Operator>) throws(Diagnostic) -> Operator {
    let codeIndex = Int(try table.integer(.opcodeIndex, default: UInt32(0)))
    guard codes.indices.contains(codeIndex) else {
      throw Diagnostic(
        "operator-code", "the operator has code \(codeIndex); there are \(codes.count)",
        remedy: "The file is damaged: convert the model again.",
        place: Place(offset: table.position))
    }
    let code = codes[codeIndex]
    do throws(Diagnostic) {
      let large: UInt64 = try table.integer(.largeCustomOptionsOffset)
      guard large <= 1 else {
        throw Diagnostic(
          "external-buffer",
          "the options of \(code.kind.printableName) stand behind the FlatBuffer, "
            + "as in models above 2 GB", remedy: "Such models are not read.",
          place: Place(offset: table.position))
      }
      return Operator(
        kind: code.kind, version: code.version,
        inputs: try indices(table, .inputs).map { $0 == -1 ? nil : $0 },
        outputs: try indices(table, .outputs),
        attributes: try TFLiteAttributes(table, kind: code.kind).attributes(),
        customOptions: try table.vector(.customOptions, width: 1).map {
          flatBuffer.bytes[$0.range]
        })
    } catch {
      // The kind is known here, the index to the caller only.
      var failure = error
      failure.place.operatorKind = code.kind.printableName
      throw failure
    }
  }

  private func indices(
    _ table: FlatTable<TFLiteSchema.Operator>, _ field: TFLiteSchema.Operator
  ) throws(Diagnostic) -> [Int] {
    try table.vector(field, width: 4)?.integers(Int32.self).map { Int($0) } ?? []
  }
}
