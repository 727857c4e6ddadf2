import Core
import Engine
import Inspection
import Models
import Notebook
import Support

/// A plan that was written, as a row of the table: what the engine itself says of it.
struct WrittenPlan {
  let path: String
  /// The last component of the path.
  var file: String { path.split(separator: "/").last.map(String.init) ?? path }
  let id: String
  let dtype: Dtype?
  let weightsSource: WeightsSource?
  let planBytes: Int
  let operators: Int
  let constantsBytes: Int
  let arenaBytes: Int
  let arenaBytesOfTwo: Int
  let scratchBytes: Int

  /// Opens the plan as the firmware does.
  init(path: String, id: String, bytes: [UInt8]) throws {
    self.path = path
    self.id = id
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: bytes.count, alignment: PlanFormat.alignment)
    defer { memory.deallocate() }
    memory.copyBytes(from: bytes)
    guard let base = memory.baseAddress else { throw Self.refusal("size") }
    let plan: ModelPlan
    do throws(PlanRefusal) {
      plan = try ModelPlan(opening: UnsafeRawPointer(base), byteCount: bytes.count)
    } catch { throw Self.refusal("\(error.word)") }
    dtype = plan.dtype
    weightsSource = plan.weightsSource
    planBytes = bytes.count
    operators = plan.operatorCount
    constantsBytes = plan.constants.count
    arenaBytes = plan.arenaBytes(cores: 1)
    arenaBytesOfTwo = plan.arenaBytes(cores: 2)
    scratchBytes = plan.scratchBytes
  }

  private static func refusal(_ word: String) -> Diagnostic {
    Diagnostic(
      "plan-check", "the engine would refuse the plan: \(word)",
      remedy: "Keep the model and report it as a mistake of this program.")
  }

  /// Rows in the order of the command line. Files by their names where there is a caption to say in
  /// which folder, else by their paths.
  static func table(_ written: [WrittenPlan], folder: String, hasCaption: Bool) -> Table {
    let place = folder == "." ? "" : " to \(printable(folder, limit: 60))"
    return Table(
      columns: [
        .init(["model"], priority: 1), .init(["dtype"], priority: 4),
        .init(["weights are"], priority: 5), .init(["file"]),
        .init(["file"], unit: "B"), .init(["operators"], priority: 3),
        .init(["constants"], unit: "B"), .init(["arena, ", "1 core"], unit: "B"),
        .init(["arena, ", "2 cores"], unit: "B"), .init(["scratch"], unit: "B", priority: 2),
      ],
      rows: written.map { each in
        .init([
          .text(printable(each.id, limit: 60)), .text(each.dtype?.description ?? "other"),
          .text(each.weightsSource?.description ?? ""),
          .text(hasCaption ? each.file : each.path), .count(each.planBytes), .count(each.operators),
          .count(each.constantsBytes), .count(each.arenaBytes), .count(each.arenaBytesOfTwo),
          .count(each.scratchBytes),
        ])
      }, caption: [.text("Plans written" + place)])
  }

}
