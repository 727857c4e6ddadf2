import ArgumentParser
import Support

/// The whole report from parts.
struct MergeCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "The report of all logs that went into parts.",
    discussion: """
      It is the report that 'analyze report' gives of the logs themselves, in the order of the parts, and takes \
      the same options. A log that is in two parts counts once, as if it were named twice. The sections take \
      files named NAME.part, too, alone or beside logs.

      EXAMPLES
        analyze merge farm/*.part
        analyze merge farm/*.part --set clock=150MHz -o report
        cat farm/*.part | analyze merge - --format json
        analyze speedup farm/*.part --format csv
      """)
  @OptionGroup var arguments: CommonArguments

  func run(on console: inout Console) throws -> Int32 {
    try ReportCommand.run(arguments, of: .parts, on: &console)
  }
}
