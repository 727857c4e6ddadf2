import ArgumentParser
import CommandLineSupport
import Ingest
import Support

/// Published results of other boards, kept for `--reference`.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Keep published results of other boards, to compare with.",
    discussion: """
      EXAMPLES
        git clone https://github.com/mlcommons/tiny_results_v1.3
        analyze reference import tiny_results_v1.3
        analyze reference list
        analyze speedup my.log --reference mlperf:v1.3/nucleo_u575zi_q
      """,
    subcommands: [ReferenceImportCommand.self, ReferenceListCommand.self])
}

/// Where results are kept.
struct DataOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of what is imported. Default: $XDG_DATA_HOME/pico2-benchmark, else "
        + "~/.local/share/pico2-benchmark.", valueName: "folder"),
    completion: .directory)
  var data: String?

  /// That folder; nil where nothing says which.
  func folder(_ environment: Environment) -> String? { data ?? environment.dataFolder }

  /// The same, which must be said.
  func required(_ environment: Environment) throws(CommandFailure) -> String {
    guard let folder = folder(environment) else {
      throw CommandFailure.usage(
        "neither XDG_DATA_HOME nor HOME says where results are kept",
        remedy: "Name a folder: --data FOLDER.")
    }
    return folder
  }
}

/// Makes a file for each system of a checkout of results.
struct ReferenceImportCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Keep the results of MLPerf Tiny that a checkout holds, a file for each system.",
    discussion: """
      Reads a checkout of mlcommons/tiny_results_vX.Y of any round. What is wrong in the descriptions of systems \
      is read as it was meant, and said. --reference mlperf:ROUND/SYSTEM then compares with one of them.

      EXAMPLES
        analyze reference import tiny_results_v1.3
        analyze reference import tiny_results_v1.2 tiny_results_v1.3 --data results
        analyze reference import checkout --round v1.3
      """)

  @Argument(help: "Checkouts of results.", completion: .directory)
  var folders: [String]

  @Option(
    help: ArgumentHelp("The round, where the folder's name does not say it.", valueName: "v1.3"))
  var round: String?

  @OptionGroup var place: DataOption

  func run(on console: inout Console) throws -> Int32 {
    let data = try place.required(console.environment)
    var status: Int32 = 0
    for folder in folders {
      let repository: MLPerfRepository
      do throws(Diagnostic) {
        repository = try MLPerfRepository(folder: folder, round: round)
      } catch {
        console.report(error)
        status = 1
        continue
      }
      for system in repository.systems {
        try Delivery.write(system.board.text, to: KeptReferences.path(of: system.name, in: data))
      }
      for diagnostic in DiagnosticList(repository.diagnostics).all { console.report(diagnostic) }
      console.out += Self.summary(repository, folder, data)
      if repository.systems.isEmpty { status = 1 }
    }
    return status
  }

  private static func summary(
    _ repository: MLPerfRepository, _ folder: String, _ data: String
  ) -> String {
    let results = repository.systems.reduce(0) { $0 + $1.board.results.count }
    let left = repository.found - repository.systems.count
    var text = "\(folder): \(counted(repository.systems.count, "system")) with "
    text += "\(counted(results, "result")) in \(data)/mlperf"
    if left > 0 { text += "; \(counted(left, "system")) without any" }
    text += "\n"
    for system in repository.systems { text += "  mlperf:\(system.name)\n" }
    return text
  }
}

/// Names what `--reference mlperf:...` can name.
struct ReferenceListCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what is kept and what is bundled.",
    discussion: """
      EXAMPLES
        analyze reference list
        analyze reference list --data results
      """)

  @OptionGroup var place: DataOption

  func run(on console: inout Console) throws -> Int32 {
    let (_, published) = try Session.bundledTables()
    let kept = KeptReferences(folder: place.folder(console.environment), published: published)
    for name in kept.names { console.out += "mlperf:\(name)\n" }
    for name in kept.bundledNames { console.out += "mlperf:\(name) (bundled)\n" }
    return 0
  }
}
