import Testing

@testable import BenchLog
