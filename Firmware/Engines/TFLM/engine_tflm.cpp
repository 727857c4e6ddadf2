// TFLM, by pico-tflmicro, behind engine.h. Its own MicroProfiler is left out: it takes 82 KB and adds
// up ticks over all inferences; the one here hands each event on to the program's profiler.
#include <cstdarg>
#include <cstdio>
#include <new>

#include "tensorflow/lite/micro/debug_log.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/micro/system_setup.h"
#include "tensorflow/lite/schema/schema_generated.h"

extern "C" {
#include "engine.h"
#include "port.h"
}

namespace {

/// The operators of the project's converters.
class Resolver : public tflite::MicroMutableOpResolver<24> {
 public:
  Resolver() {
    AddAdd();
    AddAveragePool2D();
    AddConv2D();
    AddDepthwiseConv2D();
    AddDequantize();
    AddFullyConnected();
    AddLogistic();
    AddMaximum();
    AddMaxPool2D();
    AddMean();
    AddMinimum();
    AddMul();
    AddPad();
    AddQuantize();
    AddRelu();
    AddRelu6();
    AddReshape();
    AddSoftmax();
    AddSub();
    AddTanh();
    AddTranspose();
  }
};

/// TFLM's events are its operators, in the order of the graph.
class Profiler : public tflite::MicroProfilerInterface {
 public:
  uint32_t BeginEvent(const char *) override {
    uint32_t index = next_++;
    profiler_begin(index);
    return index;
  }
  void EndEvent(uint32_t index) override { profiler_end(index); }
  void Restart() { next_ = 0; }

 private:
  uint32_t next_ = 0;
};

struct Opened {
  Opened(const tflite::Model *model, uint8_t *arena, size_t bytes)
      : interpreter(model, resolver, arena, bytes, nullptr, &profiler) {}
  Resolver resolver;
  Profiler profiler;
  tflite::MicroInterpreter interpreter;
};

// One model at a time, in static memory: there is no heap to give it back to.
alignas(Opened) uint8_t storage[sizeof(Opened)];
Opened *opened = nullptr;

engine_bytes Weights(const firmware_model *model) { return {model->tflite, model->tflite_bytes}; }

engine_status Open(const firmware_model *model, const engine_memory *memory, uint32_t *arena_bytes) {
  *arena_bytes = 0;
  if (opened) opened->~Opened();
  opened = nullptr;
  if (!model->tflite || memory->cores != 1) return engine_unsupported;
  const void *weights = memory->weights ? memory->weights : model->tflite;
  const tflite::Model *graph = tflite::GetModel(weights);
  if (graph->version() != TFLITE_SCHEMA_VERSION) return engine_bad_model;
  auto *arena = static_cast<uint8_t *>(memory->arena);
  opened = new (storage) Opened(graph, arena, memory->arena_bytes);
  if (opened->interpreter.AllocateTensors() != kTfLiteOk) {
    // TFLM does not tell why, nor how much would do: its message is in the log as a comment.
    opened->~Opened();
    opened = nullptr;
    return engine_failed;
  }
  *arena_bytes = static_cast<uint32_t>(opened->interpreter.arena_used_bytes());
  return engine_fine;
}

engine_bytes Bytes(const TfLiteTensor *tensor) {
  if (!tensor) return {nullptr, 0};
  return {tensor->data.uint8, static_cast<uint32_t>(tensor->bytes)};
}
engine_bytes Input() { return opened ? Bytes(opened->interpreter.input(0)) : engine_bytes{}; }
engine_bytes Output() { return opened ? Bytes(opened->interpreter.output(0)) : engine_bytes{}; }

engine_status Invoke() {
  if (!opened) return engine_failed;
  opened->profiler.Restart();
  return opened->interpreter.Invoke() == kTfLiteOk ? engine_fine : engine_failed;
}

}  // namespace

extern "C" const struct engine tflm_engine;
const struct engine tflm_engine = {"tflm", "cmsis-nn", Weights, Open, Input, Output, Invoke};

void tflite::InitializeTarget() {}

// TFLM's messages become comments of the log, a line each.
extern "C" void DebugLog(const char *format, va_list arguments) {
  static bool is_line_open = false;
  char text[160];
  vsnprintf(text, sizeof text, format, arguments);
  for (const char *each = text; *each; each++) {
    if (!is_line_open) {
      for (const char *start = "# tflm: "; *start; start++) port_put(static_cast<uint8_t>(*start));
      is_line_open = true;
    }
    if (*each == '\n') {
      port_put('\r');
      is_line_open = false;
    }
    port_put(static_cast<uint8_t>(*each));
  }
}

extern "C" int DebugVsnprintf(char *buffer, size_t size, const char *format, va_list arguments) {
  return vsnprintf(buffer, size, format, arguments);
}
