import Ingest
import Support

/// Why published times called int8 are float32's, though nobody saw the files: from what else was published
/// with them.
struct PublishedArgument {
  let checks: [LabelCheck]
  /// The checks of all runs.
  let all: [LabelCheck]
  let selection: Selection
  let machine: MachineView

  init(
    _ checks: [LabelCheck], among all: [LabelCheck], _ selection: Selection,
    _ machine: MachineView
  ) {
    (self.checks, self.all, self.selection, self.machine) = (checks, all, selection, machine)
  }

  /// Sentences, each with its figures; those that the runs at hand do not give are left out.
  var lines: [String] { [build, author, prediction].compactMap(\.self) }

  private var models: Set<String> { Set(checks.map(\.model)) }

  /// Ids of the sources of the runs.
  private var sources: Set<String> {
    let ids = Set(checks.map(\.run))
    return Set(
      selection.all.filter { ids.contains($0.id) }.compactMap {
        $0.configuration.text(.citation)
      })
  }

  /// Another model of the same source needs no more cycles than the build can: neither kernels nor flags
  /// are what is slow.
  private var build: String? {
    let others = Set(
      selection.all.filter { run in
        run.configuration.text(.citation).map(sources.contains) ?? false
      }.map(\.id))
    guard
      let sound = all.first(where: {
        !$0.isContradicted && others.contains($0.run)
      }),
      let fitted = machine.explanations.first(where: { $0.run == sound.run }),
      let expected = fitted.heldOutCycles
    else { return nil }
    func perInstruction(_ cycles: Double) -> String {
      Format.significant(cycles / Double(sound.bound.instructions), digits: 3)
    }
    return
      "\(ModelName.words(sound.model)), published with them, takes \(perInstruction(sound.cycles)) cycles for each "
      + "instruction of int8 with CMSIS-NN at -O3; the others' times predict \(perInstruction(expected)). "
      + "So the build is optimised, and its kernels are not the reference ones."
  }

  /// The same author calls one of the models float32 elsewhere.
  private var author: String? {
    let named = machine.published.filter { run in
      run.label == .fp32 && run.model.map(models.contains) ?? false
        && run.configuration.text(.citation).map(sources.contains) ?? false
        && checks.contains { check in
          selection.runs.contains { $0.id == check.run && $0.mcu == run.mcu }
        }
    }
    guard let run = named.first, let seconds = run.seconds.value?.value else { return nil }
    return
      "The same author calls \(ModelName.words(run.model ?? "")) FP32 elsewhere (\(Format.seconds(seconds)), "
      + "weights in \(run.weights?.words ?? "memory"))."
  }

  /// Each time is predicted as float32 by a fit without it.
  private var prediction: String? {
    let errors = checks.compactMap { check in
      machine.explanations.first { $0.run == check.run && $0.dtype == .fp32 && $0.isFitted }?
        .heldOutError
    }
    guard errors.count == checks.count, let worst = errors.map(abs).max() else { return nil }
    return
      "The machine model, fitted without the time that it predicts, gives \(checks.count == 1 ? "it" : "each") as "
      + "float32 with \(Format.percent(worst)) of error at most."
  }
}
