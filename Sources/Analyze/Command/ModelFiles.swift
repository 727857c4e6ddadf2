import Core
import Ingest
import ModelFormats
import Models
import Performance
import Reference
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The model files of `--models`: what their operators cost, and which runs they belong to.
struct ModelFiles {
  /// A file whose costs can be used.
  struct Entry {
    var path: String
    /// CRC-32 of the file as the configuration of a run has it: eight hexadecimal digits.
    var crc32: String
    /// Under the id that the file's name gives.
    var cost: ModelCost
    var source: Source
  }

  /// Which file stands for a model id in a dtype.
  private struct Claim {
    var model: String
    var entry: Int
    /// A run of that name has the file's CRC-32; otherwise the names agree.
    var isByCRC: Bool
  }

  private let isGiven: Bool
  private(set) var entries: [Entry] = []
  private var problems: [Diagnostic] = []
  private var claims: [Claim] = []

  /// Reads all files that `given` names, folders included.
  init(_ given: [String], progress: Progress) throws(UsageFailure) {
    isGiven = !given.isEmpty
    var bytes: UInt64 = 0
    defer { progress.clear() }
    for path in try ModelPaths.expand(given) {
      bytes += ModelPaths.size(of: path)
      progress.show(reading: path, bytes)
      read(path)
    }
    for i in entries.indices { claimByName(i) }
  }

  /// `--models *.tflite` makes logs of all but the first.
  static func refuseAsLogs(_ logs: [String]) throws(UsageFailure) {
    guard let model = logs.first(where: { $0.lowercased().hasSuffix(".tflite") }) else { return }
    throw UsageFailure(
      message: "'\(model)' is a model file, not a log",
      remedy: "Write --models before each model file, or name their folder: --models \(model).")
  }

  // MARK: reading

  private mutating func read(_ path: String) {
    let name = ModelFileName(path)
    let model = ModelName.canonical(name.stem)
    do {
      let graph = try TFLiteReader.read(path: path)
      // TFLM runs a graph with the shapes of the file, so a size that might change says nothing here.
      for remark in graph.remarks where remark.rule != "dynamic-shape" { add(remark, .note, path) }
      let isTaken = entries.contains { $0.source.key == "file:\(name.file)" }
      let key = "file:" + (isTaken ? path : name.file)
      let cost = try ModelCost(graph, model: model, source: key)
      let crc32 = Format.hex(graph.crc32)
      entries.append(
        Entry(
          path: path, crc32: crc32, cost: cost,
          source: Source(
            key: key, title: "\(name.file), given with --models", url: "",
            note: "\(cost.dtype), CRC-32 \(crc32).")))
      if let claimed = name.dtype, claimed != cost.dtype {
        add(
          .warning, path, "model-name-dtype",
          "is named \(claimed), but computes in \(cost.dtype); it is used as \(cost.dtype)",
          remedy: "Convert the model again if it was to be \(claimed); else rename the file.")
      }
    } catch let problem as ModelDiagnostic {
      add(problem, .error, path)
    } catch let problem as UnusableGraph {
      add(
        .warning, path, problem.rule, "model '\(model)' \(problem.message)",
        remedy: problem.remedy)
    } catch {
      add(.error, path, "unreadable", "cannot be read: \(error)", remedy: "Check the file.")
    }
  }

  private mutating func add(_ remark: ModelDiagnostic, _ severity: Severity, _ path: String) {
    problems.append(
      Diagnostic(
        remark.rule, remark.message, remedy: remark.remedy,
        place: Place(
          offset: remark.place.offset, operatorIndex: remark.place.operatorIndex,
          operatorKind: remark.place.operatorKind, tensorIndex: remark.place.tensorIndex),
        file: path,
        severity: severity))
  }

  private mutating func add(
    _ severity: Severity, _ file: String, line: Int = 0, _ rule: String, _ message: String,
    remedy: String
  ) {
    let place = line == 0 ? Place() : Place(line: line, column: 1)
    // What several runs of a log share is said of the first.
    guard
      !problems.contains(where: {
        $0.file == file && $0.rule == rule && $0.message == message
      })
    else { return }
    problems.append(
      Diagnostic(rule, message, remedy: remedy, place: place, file: file, severity: severity))
  }

  private mutating func claimByName(_ i: Int) {
    let cost = entries[i].cost
    guard let first = claim(cost.model, cost.dtype) else {
      claims.append(Claim(model: cost.model, entry: i, isByCRC: false))
      return
    }
    let held = entries[claims[first].entry]
    guard let difference = cost.difference(from: held.cost) else { return }
    add(
      .error, entries[i].path, "model-named-twice",
      "is another '\(cost.model)' in \(cost.dtype) than \(held.path), which counts: \(difference)",
      remedy: "Rename one of the two files, and what the logs call its model.")
  }

  private func claim(_ model: String, _ dtype: Dtype) -> Int? {
    claims.firstIndex { $0.model == model && entries[$0.entry].cost.dtype == dtype }
  }

  // MARK: runs

  /// The tables with the models of the files.
  func reference(over bundled: ReferenceData) -> ReferenceData {
    var result = bundled
    _ = result.add(added)
    return result
  }

  /// Each file under the name that runs have for it.
  private var added: [(cost: ModelCost, source: Source)] {
    claims.map { claim in
      var cost = entries[claim.entry].cost
      cost.model = claim.model
      return (cost, entries[claim.entry].source)
    }
  }

  /// Finds the file of each run that states a CRC-32; it counts whatever the file is called.
  mutating func identify(_ runs: inout [Run]) {
    for i in runs.indices {
      guard let crc32 = runs[i].configuration.text(.modelCRC32),
        let entry = entries.firstIndex(where: { $0.crc32 == crc32 })
      else { continue }
      let cost = entries[entry].cost
      runs[i].configuration.offer(.model, cost.model, .recognised)
      takeDtype(of: entry, into: &runs[i])
      let kinds = ModelSignature(model: "", kinds: cost.operators.map(\.kind))
      if !runs[i].operators.contains(where: { !$0.isSumOfKind })
        || ModelSignature(model: "", kinds: runs[i].operators.map(\.kind)) == kinds
      {
        runs[i].observations.removeAll { $0.kind == .modelContradiction }
      }
      claimByCRC(entry, runs[i].configuration.text(.model) ?? cost.model)
    }
  }

  private mutating func claimByCRC(_ entry: Int, _ model: String) {
    guard let held = claim(model, entries[entry].cost.dtype) else {
      claims.append(Claim(model: model, entry: entry, isByCRC: true))
      return
    }
    guard !claims[held].isByCRC, claims[held].entry != entry else {
      if claims[held].entry == entry { claims[held].isByCRC = true }
      return
    }
    let displaced = entries[claims[held].entry]
    claims[held] = Claim(model: model, entry: entry, isByCRC: true)
    guard displaced.cost.difference(from: entries[entry].cost) != nil else { return }
    add(
      .warning, displaced.path, "model-crc-elsewhere",
      "is not used: what the logs call '\(model)' has the CRC-32 of \(entries[entry].path)",
      remedy: "Rename the file, or name the one that was measured.")
  }

  /// The file is what ran, so its dtype is the run's; what the log says else becomes a claim.
  private mutating func takeDtype(of entry: Int, into run: inout Run) {
    let (path, dtype) = (entries[entry].path, entries[entry].cost.dtype)
    let held = run.configuration[.dtype]
    guard run.configuration.dtype != dtype else { return }
    if let held {
      run.configuration.remove(.dtype)
      run.configuration.offer(.dtypeClaimed, held.text, held.provenance)
      add(
        .warning, run.source.file, line: run.source.firstLine, "dtype-not-of-file",
        "the run is said to be \(held.text), but the file with its CRC-32, \(path), computes in "
          + "\(dtype), which counts",
        remedy: "Correct what says \(held.text), or convert the model again.")
    }
    run.configuration.remove(.dtypeEvidence)
    run.configuration.offer(.dtype, dtype, .recognised)
    run.configuration.offer(
      .dtypeEvidence, "the file with the CRC-32 of the log computes in \(dtype)", .recognised)
  }

  /// Marks runs that a file stands for by name, though the log's CRC-32 is another's; and notes what no
  /// table and no file knows. `reference` is that of these files.
  mutating func doubt(_ runs: inout [Run], _ reference: ReferenceData) {
    guard isGiven else { return }
    for i in runs.indices {
      guard let model = runs[i].configuration.text(.model) else { continue }
      let dtype = runs[i].configuration.dtype
      noteUnknown(runs[i], model, dtype, reference)
      guard let crc32 = runs[i].configuration.text(.modelCRC32),
        let file = file(of: model, dtype, reference), file.crc32 != crc32
      else { continue }
      runs[i].observations.append(
        Observation(
          .modelContradiction,
          "The log's '\(model)' has CRC-32 \(crc32), the file \(file.path) has \(file.crc32).",
          line: runs[i].source.firstLine))
      add(
        .warning, runs[i].source.file, line: runs[i].source.firstLine, "model-crc-differs",
        "the log's '\(model)' has CRC-32 \(crc32), \(file.path) has \(file.crc32); the costs of the "
          + "file are not applied",
        remedy: "Name the file that was measured with --models.")
    }
  }

  /// The file whose costs a run of that name gets; nil where they are those of the tables.
  private func file(of model: String, _ dtype: Dtype?, _ reference: ReferenceData) -> Entry? {
    let cost = reference.costs.first {
      $0.model == model && (dtype == nil || $0.dtype == dtype)
    }
    return cost.flatMap { cost in entries.first { $0.source.key == cost.source } }
  }

  private mutating func noteUnknown(
    _ run: Run, _ model: String, _ dtype: Dtype?, _ reference: ReferenceData
  ) {
    guard
      !reference.costs.contains(where: { $0.model == model && $0.dtype == dtype ?? $0.dtype })
    else { return }
    let names = entries.map(\.cost.model)
    let words = dtype.map { "'\(model)' in \($0)" } ?? "'\(model)'"
    add(
      .note, run.source.file, line: run.source.firstLine, "model-without-file",
      "no file of --models is the model \(words), so its costs are not known",
      remedy: Nearest.match(model, in: names).map {
        "Did you mean '\($0)'? The names of model and file must agree."
      } ?? "Add its file with --models \(model)\(dtype.map { "_\($0)" } ?? "").tflite.")
  }

  /// Everything that was noticed, files first, in the order given.
  func allProblems(over bundled: ReferenceData) -> [Diagnostic] {
    var tables = bundled
    let replaced = zip(claims, tables.add(added)).compactMap { claim, addition -> Diagnostic? in
      guard case .replaced(let difference, let dtypes) = addition else { return nil }
      return Diagnostic(
        "model-replaces-bundled",
        "is another '\(claim.model)' than the bundled one, whose costs, instruction counts "
          + "and published times (\(dtypes.map(\.description).joined(separator: ", "))) are not applied to it: "
          + difference,
        remedy: "Give it a name of its own if it is no '\(claim.model)'.",
        file: entries[claim.entry].path, severity: .warning)
    }
    return problems.filter { $0.line == 0 } + replaced + problems.filter { $0.line != 0 }
  }
}

/// The files that `--models` names.
enum ModelPaths {
  /// Folders below the one that was named.
  private static let deepest = 4

  /// Files as they were named and, sorted, the `.tflite` files of folders; each path once.
  static func expand(_ given: [String]) throws(UsageFailure) -> [String] {
    var result: [String] = []
    for path in given {
      let status = status(of: path)
      guard path != "-", let status else {
        throw UsageFailure(
          message: "--models: there is no file or folder '\(path)'",
          remedy: "Name a .tflite file, or a folder of such files: --models my_model.tflite.")
      }
      var found = [path]
      if status.isFolder {
        var seen: Set<FileIdentity> = []
        found = files(in: path, depth: 0, &seen).sorted()
        guard !found.isEmpty else {
          throw UsageFailure(
            message: "--models: the folder '\(path)' holds no .tflite file that can be listed",
            remedy: "Name a .tflite file, or another folder, at most \(deepest) folders above one.")
        }
      }
      for path in found where !result.contains(path) { result.append(path) }
    }
    return result
  }

  /// Size of a file, bytes; 0 where it is not known.
  static func size(of path: String) -> UInt64 { status(of: path)?.bytes ?? 0 }

  private static func files(
    in folder: String, depth: Int, _ seen: inout Set<FileIdentity>
  ) -> [String] {
    // A link may lead back to a folder above.
    guard depth <= deepest, let identity = FileIdentity(of: folder),
      seen.insert(identity).inserted
    else { return [] }
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    var result: [String] = []
    for name in OutputFiles.names(in: folder) where !name.hasPrefix(".") {
      guard let status = status(of: start + name) else { continue }
      if status.isFolder {
        result += files(in: start + name, depth: depth + 1, &seen)
      } else if status.isFile, name.lowercased().hasSuffix(".tflite") {
        result.append(start + name)
      }
    }
    return result
  }

  private struct Status {
    var isFolder, isFile: Bool
    var bytes: UInt64
  }

  private static func status(of path: String) -> Status? {
    var raw = stat()
    guard stat(path, &raw) == 0 else { return nil }
    let kind = raw.st_mode & S_IFMT
    return Status(
      isFolder: kind == S_IFDIR, isFile: kind == S_IFREG, bytes: UInt64(max(raw.st_size, 0)))
  }
}
