import ArgumentParser
import Capture

/// The root of the command line.
struct AnalyzeCommand: ParsableCommand {
  /// Name and version, as parts name who wrote them.
  static let program = "analyze 0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "How fast do neural networks run on an RP2350, why, and what would make them faster?",
    discussion: """
      Reads serial logs and reference results, normalises them by clock, and compares: with an \
      STM32 Nucleo, int8 with fp32, flash with SRAM. Without a subcommand it writes the whole report.

      EXAMPLES
        analyze logs/*.txt                         the report on the terminal
        analyze logs/*.txt -o out                  HTML, Markdown, Jupyter, CSV
        analyze speedup logs/*.txt --format csv    one table for a script
        analyze roofline logs/*.txt -o roofline.svg
        analyze runs my.log --set board=pico2 --set model=kws --set dtype=int8
        analyze runs old.log.gz logs.zip
        analyze capture -o board.txt               record a serial port
      """,
    version: "\(program) (log format 2)",
    subcommands: [
      ReportCommand.self, NotebookCommand.self, RunsCommand.self, SpeedupCommand.self,
      OperatorsCommand.self, PlacementCommand.self, AttributeCommand.self, ExplainCommand.self,
      RooflineCommand.self, CrossoverCommand.self, InstructionsCommand.self, FindingsCommand.self,
      SummaryCommand.self, AssumptionsCommand.self, ModelCommand.self, CaptureCommand.self,
      SealCommand.self, ReduceCommand.self, MergeCommand.self, RedrawCommand.self,
      ReferenceCommand.self,
    ],
    defaultSubcommand: ReportCommand.self)
}
