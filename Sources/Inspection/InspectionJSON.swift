import Models
import Support

extension InspectionDocument {
  /// Operators, totals and the arena as one JSON document; numbers that are missing are absent, and
  /// their reasons stand in `reasons`. What TFLM makes of the model otherwise than expected stands in
  /// `warnings`, which is absent where there are none.
  public var json: String {
    var costs = CostTable(model.graph, name: model.name).json
    var fields = ["\"source_format\": \(JSONText.quoted(model.format.rawValue))"]
    var reasons: [String] = []
    if model.graph.bytes.isEmpty {
      // There is no file whose checksum it could be.
      costs = costs.replacing("\n  \"crc32\": \"00000000\",", with: "", maxReplacements: 1)
      reasons.append("\"crc32\": \(JSONText.quoted(Self.noChecksum))")
    }
    if let arena {
      fields.append(
        """
        "arena": {
            "target": \(JSONText.quoted(arena.target.name)),
            "minimum_bytes": \(arena.minimumBytes),
            "used_bytes": \(arena.usedBytes),
            "head_bytes": \(arena.headBytes),
            "tail_bytes": \(arena.tailBytes),
            "is_exact": \(arena.isExact),
            "margin_bytes": \(arena.marginBytes)
          }
        """)
    } else {
      reasons.append("\"arena\": \(JSONText.quoted(arenaReason))")
    }
    let warnings = warnings.map { warning in
      let parts = [
        ("rule", warning.rule), ("place", warning.place.description),
        ("message", warning.message), ("remedy", warning.remedy),
      ]
      let texts = parts.filter { !$0.1.isEmpty }.map { "\"\($0.0)\": \(JSONText.quoted($0.1))" }
      return "    {" + texts.joined(separator: ", ") + "}"
    }
    if !warnings.isEmpty {
      fields.append("\"warnings\": [\n" + warnings.joined(separator: ",\n") + "\n  ]")
    }
    if !reasons.isEmpty {
      fields.append("\"reasons\": {" + reasons.joined(separator: ", ") + "}")
    }
    // The costs' document ends in "]\n}\n"; these stand before its last brace.
    guard let end = costs.lastIndex(of: "}") else { return costs }
    let head = costs[..<end].reversed().drop { $0.isWhitespace }.reversed()
    return String(head) + fields.map { ",\n  " + $0 }.joined() + "\n}\n"
  }
}
