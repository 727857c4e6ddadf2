/// Where in a model something stands; what is unknown is nil.
public struct ModelPlace: Sendable, Equatable, CustomStringConvertible {
  /// Bytes from the start of the file.
  public var offset: Int?
  /// Position in `Graph.operators`.
  public var operatorIndex: Int?
  /// Kind of that operator, as in `CONV_2D`.
  public var operatorKind: String?
  /// Position in `Graph.tensors`.
  public var tensorIndex: Int?

  /// Names a place.
  public init(
    offset: Int? = nil, operatorIndex: Int? = nil, operatorKind: String? = nil,
    tensorIndex: Int? = nil
  ) {
    self.offset = offset
    self.operatorIndex = operatorIndex
    self.operatorKind = operatorKind
    self.tensorIndex = tensorIndex
  }

  /// As in `byte 812, operator 3 (CONV_2D), tensor 5`; empty when the whole file is meant.
  public var description: String {
    var parts: [String] = []
    if let offset { parts.append("byte \(offset)") }
    if let operatorIndex {
      parts.append("operator \(operatorIndex)" + (operatorKind.map { " (\($0))" } ?? ""))
    }
    if let tensorIndex { parts.append("tensor \(tensorIndex)") }
    return parts.joined(separator: ", ")
  }

  /// Takes from `other` what is unknown here.
  mutating func complete(from other: ModelPlace) {
    offset = offset ?? other.offset
    operatorIndex = operatorIndex ?? other.operatorIndex
    operatorKind = operatorKind ?? other.operatorKind
    tensorIndex = tensorIndex ?? other.tensorIndex
  }
}

/// What is wrong with a model, or worth knowing of it: where, which rule, what to do.
///
/// Thrown, it says why there is no graph; in `Graph.remarks`, what the graph leaves out. Text that
/// comes from the file stands in it with control characters escaped.
public struct ModelDiagnostic: Error, Sendable, Equatable {
  /// Path as the user gave it; empty for bytes from memory.
  public var file: String
  /// Where.
  public var place: ModelPlace
  /// Stable kebab-case name of the rule, for scripts.
  public var rule: String
  /// The fact: what was found and what is allowed.
  public var message: String
  /// What the user can do about it.
  public var remedy: String

  /// Makes a diagnostic.
  public init(
    _ rule: String, _ message: String, remedy: String, place: ModelPlace = ModelPlace(),
    file: String = ""
  ) {
    self.file = file
    self.place = place
    self.rule = rule
    self.message = message
    self.remedy = remedy
  }

  /// As in `model.tflite: byte 812: the vector ...`.
  public var headline: String {
    [file, place.description, message].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// The same, of that file.
  package func of(_ path: String) -> ModelDiagnostic {
    var result = self
    result.file = path
    return result
  }

  /// The same with what is not yet known of its place.
  package func within(_ outer: ModelPlace) -> ModelDiagnostic {
    var result = self
    result.place.complete(from: outer)
    return result
  }
}
