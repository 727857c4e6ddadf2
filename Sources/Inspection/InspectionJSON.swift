import Models

extension InspectionDocument {
  /// Operators, totals and the arena as one JSON document.
  public var json: String {
    let costs = CostTable(model.graph, name: model.name).json
    // The costs' document ends in "]\n}\n"; the arena stands before its last brace.
    guard let arena, let end = costs.lastIndex(of: "}") else { return costs }
    let head = costs[..<end].reversed().drop { $0.isWhitespace }.reversed()
    return String(head) + """
      ,
        "arena": {
          "target": "\(arena.target.name)",
          "minimum_bytes": \(arena.minimumBytes),
          "used_bytes": \(arena.usedBytes),
          "head_bytes": \(arena.headBytes),
          "tail_bytes": \(arena.tailBytes),
          "is_exact": \(arena.isExact),
          "margin_bytes": \(arena.marginBytes)
        }
      }

      """
  }
}
