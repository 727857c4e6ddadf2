import Dispatch
import Interpreter
import Models
import Support
import Synchronization

/// Runs samples on all processors, each with an interpreter of its own over one plan. Results come in
/// the order of the samples, so that they do not depend on how many processors there are.
struct SampleWorkers {
  /// Smallest and largest value by tensor; nil in place of a range that is not finite.
  typealias Ranges = [(tensor: Int, range: (min: Float, max: Float)?)]

  private let workers: [Worker]
  /// Enough to keep all processors busy between two signs of progress.
  var samplesPerRound: Int { 8 * workers.count }

  /// Workers for `count` samples.
  init(_ plan: Plan, count: Int) {
    var workers: [Worker] = []
    for _ in 0..<max(min(Cores.count, count / 4), 1) { workers.append(Worker(Recorder(plan))) }
    self.workers = workers
  }

  /// The ranges of each sample of the round.
  func run(_ round: Range<Int>, of samples: SampleSet) -> [Result<Ranges, Diagnostic>] {
    let results = Mutex<[Int: Result<Ranges, Diagnostic>]>([:])
    DispatchQueue.concurrentPerform(iterations: workers.count) { position in
      for index in round where (index - round.lowerBound) % workers.count == position {
        let outcome = workers[position].ranges(of: samples.sample(index))
        results.withLock { $0[index] = outcome }
      }
    }
    return results.withLock { found in round.compactMap { found[$0] } }
  }

  /// `@unchecked`: only the iteration of `concurrentPerform` with its position uses a worker.
  private final class Worker: @unchecked Sendable {
    private let recorder: Recorder

    init(_ recorder: Recorder) { self.recorder = recorder }

    func ranges(of sample: [[Float]]) -> Result<Ranges, Diagnostic> {
      do throws(Diagnostic) {
        _ = try recorder.run(sample)
      } catch {
        return .failure(error)
      }
      // Sorted, so that the first of several bad tensors is always the same.
      return .success(
        recorder.values.sorted { $0.key < $1.key }.map {
          ($0.key, CalibrationRanges.range($0.value))
        })
    }
  }
}
