/// What people call what they time. Stems of at least four letters match the beginning of a word, others
/// the whole word.
enum TimeWords {
  /// How surely a name means a whole inference.
  enum Rank: Int, Sendable, Comparable {
    /// "inference", "invoke", "predict", "classification".
    case named
    /// "run", "model", "network", "latency".
    case near
    /// "time", "took", "elapsed": the line says that something was timed, and not what.
    case bare
    /// "total inference time", "full inference": more than the network, perhaps.
    case whole

    static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
  }

  /// What one word says.
  enum Meaning: Sendable, Equatable {
    case inference(Rank)
    /// A part of the program that is no inference, or more than one.
    case stage
    /// All inferences together, or all stages.
    case total
    case statistic(Statistic)
  }

  /// What a summary says of many inferences.
  enum Statistic: Sendable, Hashable {
    case mean, median, minimum, maximum, deviation
    /// `p95`: so many of a hundred took no longer.
    case percentile(Int)
  }

  /// What a word in lower case says; nil for any other.
  static func meaning(_ word: String) -> Meaning? {
    if let meaning = whole[word] { return meaning }
    if let percentile = percentile(word) { return .statistic(percentile) }
    for (stem, meaning) in stems where word.hasPrefix(stem) { return meaning }
    // What is written without blanks.
    if !word.utf8.allSatisfy({ $0 < 0x80 }) {
      for (part, meaning) in parts where word.contains(part) { return meaning }
    }
    return nil
  }

  private static func percentile(_ word: String) -> Statistic? {
    guard word.first == "p", let number = Int(word.dropFirst()), (1...100).contains(number) else {
      return nil
    }
    return number == 50 ? .median : .percentile(number)
  }

  private static let whole: [String: Meaning] = {
    var words: [String: Meaning] = [:]
    func add(_ list: String, _ meaning: Meaning) {
      for word in list.split(separator: " ") { words[String(word)] = meaning }
    }
    add("run runs ran running model nn net network cnn npu kpu exec tflm tflite", .inference(.near))
    add(
      "time times timing took takes taken us ms elapsed cycles ticks dt runtime ai zeit dauer tempo tiempo temps tempi duración",
      .inference(.bare))
    add(
      "avg ave mean average mittlere mittlerer promedio media média medio médio moyenne moyen",
      .statistic(.mean))
    add("median", .statistic(.median))
    add("min minimum best fastest shortest lowest", .statistic(.minimum))
    add("max maximum worst slowest longest highest", .statistic(.maximum))
    add("std stddev stdev sd sigma deviation jitter", .statistic(.deviation))
    add("total totals overall sum e2e full whole entire", .total)
    add(
      "dsp pre post prep fft mfcc mfe mic adc i2c spi lcd nms log loop fps read write open draw send copy "
        + "layer layers operator operators op ops node nodes dense fc gemm linear matmul fully "
        + "sleep wait wifi boot uptime frame frames pipeline since period timer jpeg", .stage)
    return words
  }()

  private static let stems: [(String, Meaning)] = [
    ("infer", .inference(.named)), ("invok", .inference(.named)), ("invoc", .inference(.named)),
    ("predict", .inference(.named)), ("classif", .inference(.named)),
    ("detect", .inference(.near)), ("recogni", .inference(.near)), ("execut", .inference(.near)),
    ("evaluat", .inference(.near)), ("forward", .inference(.near)),
    ("interpret", .inference(.near)),
    ("latenc", .inference(.near)),
    ("duration", .inference(.bare)), ("elapse", .inference(.bare)),
    ("preproc", .stage), ("postproc", .stage), ("feature", .stage), ("spectro", .stage),
    ("quantiz", .stage), ("dequant", .stage), ("resiz", .stage), ("crop", .stage),
    ("captur", .stage), ("camera", .stage), ("sampl", .stage), ("record", .stage),
    ("audio", .stage), ("anomal", .stage), ("load", .stage), ("init", .stage), ("setup", .stage),
    ("alloc", .stage), ("warm", .stage), ("delay", .stage), ("connect", .stage),
    ("conv", .stage), ("depthwise", .stage), ("pool", .stage), ("maxpool", .stage),
    ("avgpool", .stage), ("softmax", .stage), ("relu", .stage), ("durchschn", .statistic(.mean)),
    ("leitura", .stage), ("lectura", .stage),
    ("transfer", .stage), ("upload", .stage), ("print", .stage), ("normali", .stage),
    ("decod", .stage), ("encod", .stage), ("display", .stage), ("render", .stage),
    ("sensor", .stage), ("timeout", .stage), ("interval", .stage), ("stamp", .stage),
    ("deadline", .stage), ("window", .stage), ("acqui", .stage), ("overhead", .stage),
    ("boot", .stage), ("start", .stage), ("compil", .stage),
  ]

  private static let parts: [(String, Meaning)] = [
    ("预处理", .stage), ("前処理", .stage), ("后处理", .stage), ("後処理", .stage), ("加载", .stage),
    ("初始化", .stage), ("平均", .statistic(.mean)), ("最小", .statistic(.minimum)),
    ("最大", .statistic(.maximum)), ("推理", .inference(.named)), ("推論", .inference(.named)),
    ("预测", .inference(.named)), ("추론", .inference(.named)), ("전처리", .stage), ("후처리", .stage),
    ("평균", .statistic(.mean)), ("시간", .inference(.bare)), ("inférence", .inference(.named)),
    ("识别", .inference(.near)),
    ("检测", .inference(.near)), ("耗时", .inference(.bare)), ("用时", .inference(.bare)),
    ("时间", .inference(.bare)), ("時間", .inference(.bare)),
  ]

  /// What counts inferences: `50 runs`, `n=50`.
  static let counters: Set<String> = [
    "n", "count", "runs", "run", "iterations", "iters", "inferences", "invocations", "repetitions",
    "reps", "loops", "trials", "times", "passes", "invokes", "predictions",
  ]
}
