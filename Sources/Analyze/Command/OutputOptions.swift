import CommandLineSupport
import ArgumentParser

/// Where a result goes and in which form.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Form of the result.", valueName: "form"),
    completion: .list(OutputFormat.allCases.map(\.rawValue)))
  var format: OutputFormat?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write there: for the report and for notebooks a folder, for one section a file; .svg, .png "
        + "or .pdf gets its figure.",
      valueName: "path"), completion: .file())
  var output: String?

  @Flag(help: "Exit with status 1 for any finding of severity warning or above.")
  var strict = false
}

/// The options that all commands on logs share.
struct CommonArguments: ParsableArguments {
  @OptionGroup(title: "Logs") var input: InputOptions
  @OptionGroup(title: "Analysis") var analysis: AnalysisArguments
  @OptionGroup(title: "Output") var output: OutputOptions
}
