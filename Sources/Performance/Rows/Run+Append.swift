import Ingest
import Quantiles
import Support

extension Run {
  /// Takes in what another boot measured of the same.
  mutating func append(_ next: Run) {
    source.lastLine = max(source.lastLine, next.source.lastLine)
    if let other = next.latency { latency?.append(other) }
    printedCycles = both(printedCycles, next.printedCycles) { $0.merge($1) }
    statistics = both(statistics, next.statistics) { $0.append($1) }
    cache.append(next.cache)
    outputs.append(next.outputs)
    recording.append(next.recording)
    for (i, other) in next.operators.enumerated() { operators[i].append(other) }
    energy.merge(next.energy)
    for one in next.observations where !observations.contains(where: { $0.message == one.message })
    {
      observations.append(one)
    }
  }
}

extension Latency {
  /// The samples of `next` did not follow those before.
  fileprivate mutating func append(_ next: Latency) {
    samples.merge(next.samples)
    order.break()
    order.append(next.order)
    inferences &+= next.inferences
    spread = both(spread, next.spread) { mine, other in
      // Deviations of two boots say nothing of what lies between these.
      mine = PrintedSpread(
        low: both(mine.low, other.low) { $0 = min($0, $1) },
        high: both(mine.high, other.high) { $0 = max($0, $1) })
    }
  }
}

extension OperatorRecord {
  fileprivate mutating func append(_ next: OperatorRecord) {
    samples.merge(next.samples)
    statistics = both(statistics, next.statistics) { $0.append($1) }
    cache.append(next.cache)
    reason = samples.isEmpty ? reason ?? next.reason : nil
  }
}

extension TimeStatistics {
  fileprivate mutating func append(_ next: TimeStatistics) {
    count &+= next.count
    minimum = min(minimum, next.minimum)
    maximum = max(maximum, next.maximum)
    total += next.total
  }
}

extension CacheCounters {
  fileprivate mutating func append(_ next: CacheCounters) {
    accesses = both(accesses, next.accesses) { $0.append($1) }
    misses = both(misses, next.misses) { $0.append($1) }
  }
}

extension CounterTotal {
  fileprivate mutating func append(_ next: CounterTotal) {
    total &+= next.total
    inferences &+= next.inferences
  }
}

extension Recording {
  /// What differs from boot to boot is that of the first; amounts add up.
  fileprivate mutating func append(_ next: Recording) {
    inferences = both(inferences, next.inferences) { $0 &+= $1 }
    consoleTime = both(consoleTime, next.consoleTime) { $0 += $1 }
    consoleBytes = both(consoleBytes, next.consoleBytes) { $0 &+= $1 }
  }
}

extension [RunOutput] {
  /// The same bytes of the same sample are one output of more inferences.
  fileprivate mutating func append(_ next: [RunOutput]) {
    for other in next {
      guard
        let i = firstIndex(where: {
          ($0.sample, $0.output, $0.crc32) == (other.sample, other.output, other.crc32)
        })
      else {
        append(other)
        continue
      }
      self[i].inferences = both(self[i].inferences, other.inferences) { $0 &+= $1 }
      if self[i].data == nil, other.data != nil { self[i].pieces = other.pieces }
    }
  }
}

/// Both together; nil where one is not known.
private func both<T>(_ a: T?, _ b: T?, _ combine: (inout T, T) -> Void) -> T? {
  guard var result = a, let b else { return nil }
  combine(&result, b)
  return result
}
