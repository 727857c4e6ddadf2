import Foundation
import TestSupport
import Testing

/// The examples compile without a warning beside stubs of their SDKs, and print whole logs.
struct PbLogExampleTests {
  /// What the examples take of SDKs that are not here, in our words.
  private static let stubs: [String: String] = [
    "Arduino.h": """
    #pragma once
    #include <stddef.h>
    #include <stdint.h>
    #include <stdio.h>
    struct Console {
      void begin(long) {}
      void write(const uint8_t *bytes, size_t count) { fwrite(bytes, 1, count, stdout); }
    };
    static Console Serial;
    static inline unsigned long micros() { static unsigned long now; return now += 1234; }
    """,
    "esp_timer.h": """
    #include <stdint.h>
    static int64_t esp_timer_get_time(void) { static int64_t now; return now += 1234; }
    """,
    "pico/stdlib.h": """
    #include <stdint.h>
    #include <stdlib.h>
    static void stdio_init_all(void) {}
    static uint32_t time_us_32(void) {
      static uint32_t now;
      if (now > 500 * 1234) exit(0);
      return now += 1234;
    }
    """,
    "hardware/clocks.h": """
    #include <stdint.h>
    enum clock_index { clk_sys };
    static uint32_t clock_get_hz(enum clock_index clock) { return clock == clk_sys ? 150000000 : 0; }
    """,
    "tensorflow/lite/micro/micro_profiler_interface.h": """
    #pragma once
    #include <stdint.h>
    namespace tflite {
    class MicroProfilerInterface {
     public:
      virtual ~MicroProfilerInterface() {}
      virtual uint32_t BeginEvent(const char *tag) = 0;
      virtual void EndEvent(uint32_t handle) = 0;
    };
    }
    """,
  ]

  /// What a program prints that includes an example of that path and calls it.
  private func output(
    _ example: String, _ compiler: PbCompiler, before: String = "", _ main: String
  ) throws -> String {
    try withFolder { folder in
      for (name, text) in Self.stubs {
        let path = URL(fileURLWithPath: folder).appendingPathComponent(name)
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Files.write(Array(text.utf8), path.path)
      }
      let source = folder + "/all.c"
      let include = "#include \"\(Checkout.path("examples/pb_log/" + example))\"\n"
      try Files.write(Array((before + include + main).utf8), source)
      let printed = try compiler.output(ofFile: source, ["-I", folder])
      try #require(printed.status == 0, "\(printed.err)")
      return printed.out
    }
  }

  @Test(.tools("c++:cstddef")) func arduinoExampleGivesWholeLogs() throws {
    let printed = try output(
      "arduino/pb_log_example/pb_log_example.ino", .hostCpp, before: "#include <Arduino.h>\n",
      "int main() { setup(); for (int i = 0; i < 200; ++i) loop(); return 0; }\n")
    let file = ingest(printed)
    #expect(file.diagnostics.isEmpty)
    #expect(file.runs.map { $0.latency?.inferences } == [100, 100])
    #expect(file.runs.first?.configuration[.mcu]?.text == "nrf52840")
  }

  @Test(.tools("c++:cstddef")) func espExampleGivesAWholeLog() throws {
    let file = ingest(
      try output(
        "esp-idf/main/main.c", .hostC, before: "void app_main(void);\n",
        "int main(void) { app_main(); return 0; }\n"))
    #expect(file.diagnostics.isEmpty)
    #expect(times(of: file.runs.first?.latency) == [Double](repeating: 0.001234, count: 100))
  }

  @Test(.tools("c++:cstddef")) func picoExampleGivesWholeLogs() throws {
    let file = ingest(try output("pico-sdk/main.c", .hostC, ""))
    #expect(file.runs.map { $0.latency?.inferences } == [100, 100, 50])
    #expect(file.diagnostics.map(\.rule) == ["no-end"])
  }

  @Test(.tools("c++:cstddef")) func hostExampleGivesAWholeLog() throws {
    let file = ingest(try output("host/main.c", .hostC, ""))
    #expect(file.diagnostics.isEmpty)
    #expect(file.runs.first?.operators.map(\.kind) == ["CONV_2D", "SOFTMAX"])
  }

  @Test(.tools("c++:cstddef")) func profilerOfTFLMPrintsOperators() throws {
    let main = """
      static uint32_t now = 0xfffffff0;  // It wraps.
      static uint32_t ticks() { return now += 10; }
      static void put(void *, const char *text, size_t length) { fwrite(text, 1, length, stdout); }
      int main() {
        PbProfiler<4> profiler(ticks);
        pb_log bench;
        pb_begin(&bench, put, NULL);
        bench.clock = ticks;
        bench.unit = PB_CYCLES;
        for (int n = 0; n < 3; ++n) {
          pb_start(&bench);
          for (int op = 0; op < (n == 2 ? 5 : 2); ++op) {
            const uint32_t event = profiler.BeginEvent(op ? "SOFTMAX" : "CONV_2D");
            profiler.EndEvent(event);
          }
          const uint32_t time = pb_since(&bench);
          profiler.print(&bench);
          pb_inference(&bench, time);
        }
        pb_end(&bench);
        return 0;
      }
      """
    let file = ingest(
      try output("tflm/pb_profiler.h", .hostCpp, before: "#include <stdio.h>\n", main))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.latency?.inferences == 3 && run.latency?.samples.minimum == 50)
    #expect(run.operators.map(\.kind) == ["CONV_2D", "SOFTMAX"])
    #expect(run.operators.map(times) == [[10, 10], [10, 10]])
  }
}
