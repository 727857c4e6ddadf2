// Takes the time of each operator. What the engine and the compiler see is two calls; the board's clock
// is read last in the first and first in the second, so that the rest of them is not measured.
#include "port.h"
#include "support.h"
#include <string.h>

// As RunStatistics.operatorLimit: a model with more is refused before it runs.
enum { operator_limit = 128, cost_repetitions = 16 };

static struct profiler_sample samples[operator_limit];
static uint64_t began;
static int counting;

void profiler_start(int counts) { counting = counts; }

void profiler_clear(void) { memset(samples, 0, sizeof samples); }

void profiler_begin(uint32_t index) {
  (void)index;
  if (counting) port_clear_counters();
  began = port_clock();
}

void profiler_end(uint32_t index) {
  uint64_t ended = port_clock();
  if (index >= operator_limit) return;
  struct profiler_sample *sample = &samples[index];
  // An engine may come to an operator twice.
  sample->ticks += ended - began;
  if (!counting) return;
  struct port_counters counters = port_read_counters();
  sample->access += counters.access;
  sample->miss += counters.miss;
}

struct profiler_sample profiler_read(uint32_t index) {
  return index < operator_limit ? samples[index] : (struct profiler_sample){0};
}

uint64_t profiler_clock_cost(void) {
  uint64_t fewest = UINT64_MAX;
  for (int i = 0; i < cost_repetitions; i++) {
    profiler_clear();
    profiler_begin(0);
    profiler_end(0);
    if (samples[0].ticks < fewest) fewest = samples[0].ticks;
  }
  profiler_clear();
  return fewest;
}
