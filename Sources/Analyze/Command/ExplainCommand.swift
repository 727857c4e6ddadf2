import ArgumentParser
import Performance

/// Why runs take the time they take, and what they would take otherwise.
struct ExplainCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why each run takes its time: instructions, flash; and what it would take otherwise.",
    discussion: """
      The machine model counts instructions (emulator) and line fills of the XIP cache (simulation of each \
      kernel's reads) and fits two numbers to the published RP2350 times: cycles per instruction and per line.

      EXAMPLES
        analyze explain logs/*.txt
        analyze explain logs/*.txt --predict dtype=int8,weights=sram,clock=150MHz
        analyze explain logs/*.txt --predict dtype=fp32,flash=quad/2 --predict dtype=fp32,cores=2
        analyze explain my.log --set board=pico2 --set model=kws --set dtype=int8 --set weights=flash
        analyze explain logs/*.txt -o explain.svg
      """)
  @OptionGroup var arguments: CommonArguments

  @Option(
    help: ArgumentHelp(
      "What to predict instead of both dtypes from both places; may be repeated. Keys: model (else all "
        + "that the logs name), dtype (int8, fp32; else int8), weights (flash, sram; else flash), clock, flash (quad/3, quad/2, dual/3, serial/3), cores "
        + "(1, 2), cache (on, off).", valueName: "key=value,..."))
  var predict: [String] = []

  static let section = Section.explain

  func complete(_ options: inout AnalysisOptions) throws {
    options.scenarios = try predict.map { try PredictOption.scenario($0) }
  }
}

struct RooflineCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "roofline",
    abstract:
      "Each model and operator under the roofs of its board: what bounds it, how far below.",
    discussion: """
      EXAMPLES
        analyze roofline logs/*.txt
        analyze roofline logs/*.txt -o roofline.svg
        analyze roofline logs/*.txt --format csv
        analyze roofline logs/*.txt --strict     # status 1 if a point lies above its roof
      """)
  @OptionGroup var arguments: CommonArguments
  static let section = Section.roofline
}
