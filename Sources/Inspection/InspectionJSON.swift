import ModelFormats
import Models
import Support

extension InspectionDocument: FieldsEncodable {
  /// What each operator costs, where the model was read from, its arena, and what TFLM makes of it otherwise
  /// than the file says.
  public var fields: Fields {
    CostTable(model.graph, name: model.name).fields + [
      "source_format": model.format.rawValue,
      "arena": Outcome(arena, or: arenaReason),
      "warnings": warnings.isEmpty
        ? nil
        : warnings.map { warning in
          func said(_ text: String) -> String? { text.isEmpty ? nil : text }
          return [
            "rule": said(warning.rule), "place": said(warning.place.parts),
            "message": said(warning.message), "remedy": said(warning.remedy),
          ] as Fields
        },
    ]
  }

  /// The fields as text.
  public var json: String { fields.document }
}

extension ArenaPlan: FieldsEncodable {
  /// How much memory, and how sure that is.
  public var fields: Fields {
    [
      "target": target.name, "minimum_bytes": minimumBytes, "used_bytes": usedBytes,
      "head_bytes": headBytes, "tail_bytes": tailBytes, "is_exact": isExact,
      "margin_bytes": marginBytes,
    ]
  }
}
