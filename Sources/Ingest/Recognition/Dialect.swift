/// The kinds of log that can be read.
public enum Dialect: String, Sendable, CaseIterable, Comparable {
  case benchLog = "pico2-benchmark log"
  case tflmApplication = "TFLM profiling application"
  case tflmProfiler = "TFLM MicroProfiler"
  case tflmBenchmark = "TFLM benchmark"
  case mlperfEEMBC = "MLPerf Tiny, EEMBC runner"
  case mlperfPython = "MLPerf Tiny, Python runner"
  case stSystemPerformance = "ST aiSystemPerformance"
  case stValidation = "ST validation on target"
  case stReport = "ST analyze or generate report"
  case referenceTable = "reference table"
  case unknown = "unknown"

  /// In the order of the raw values.
  public static func < (a: Dialect, b: Dialect) -> Bool { a.rawValue < b.rawValue }
}
