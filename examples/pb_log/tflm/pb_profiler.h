// A profiler for TFLM that prints each operator of each inference through pb_log.h:
//
//   PbProfiler<> profiler(microseconds);  // any clock, in the unit of the log
//   tflite::MicroInterpreter interpreter(model, resolver, arena, kArenaBytes, nullptr, &profiler);
//   ...
//   pb_start(&bench);
//   interpreter.Invoke();
//   const uint32_t time = pb_since(&bench);
//   profiler.print(&bench);
//   pb_inference(&bench, time);
//
// It keeps times until the inference is over, since printing takes longer than many an operator.
#ifndef PB_PROFILER_H
#define PB_PROFILER_H

#include "pb_log.h"
#include "tensorflow/lite/micro/micro_profiler_interface.h"

template <uint32_t kMaximum = 128>
class PbProfiler : public tflite::MicroProfilerInterface {
 public:
  explicit PbProfiler(uint32_t (*clock)()) : clock_(clock) {}

  uint32_t BeginEvent(const char* tag) override {
    const uint32_t event = count_++;
    if (event < kMaximum) {
      tags_[event] = tag;
      times_[event] = clock_();
    }
    return event;
  }

  void EndEvent(uint32_t event) override {
    if (event < kMaximum) times_[event] = clock_() - times_[event];
  }

  // Prints the operators of the inference that is over; none where there are more than kMaximum, as some would
  // be missing.
  void print(pb_log* log) {
    for (uint32_t i = 0; count_ <= kMaximum && i < count_; ++i) pb_operator(log, tags_[i], times_[i]);
    count_ = 0;
  }

 private:
  uint32_t (*clock_)();
  uint32_t count_ = 0;
  const char* tags_[kMaximum] = {};
  uint32_t times_[kMaximum] = {};
};

#endif
