import Quantiles

/// What is known of one operator of a run while its lines come in.
struct BenchLogOperator {
  /// nil where its own line gives none.
  let index: Int?
  /// Its own line gives one time for it.
  let isPublished: Bool
  /// Those of single inferences, in the log's unit.
  var times = TickCounts()
  var counters = BenchLogCounters()
  var sum: BenchLogSum?
}
