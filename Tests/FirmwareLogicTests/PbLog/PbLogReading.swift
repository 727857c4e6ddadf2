import Ingest

/// Reads what a program printed.
func ingest(_ text: String) -> IngestedFile {
  Ingestor(settings: [], signatures: []).ingest(bytes: Array(text.utf8), path: "log.txt")
}

/// The times of an operator, sorted.
func times(of one: OperatorRecord) -> [Double] {
  one.samples.sorted.flatMap { Array(repeating: $0.value, count: Int($0.count)) }
}

/// The times of inferences, sorted.
func times(of latency: Latency?) -> [Double] {
  latency?.samples.sorted.flatMap { Array(repeating: $0.value, count: Int($0.count)) } ?? []
}
