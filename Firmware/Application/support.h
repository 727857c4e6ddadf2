// What the Swift side of the program cannot reach or hold: tables whose types have no length, and memory.
#pragma once
#include "engine.h"
#include "model.h"

/// The model or engine at an index below its count.
const struct firmware_model *_Nonnull support_model(uint32_t index);
const struct engine *_Nonnull support_engine(uint32_t index);

const char *_Nonnull support_compiler(void);
const char *_Nonnull support_flags(void);
const char *_Nonnull support_revision(void);
const char *_Nonnull support_code_place(void);
const char *_Nonnull support_autostart(void);

/// Memory for statistics and text, at a multiple of 16.
struct support_memory {
  void *_Nonnull base;
  uint32_t bytes;
};
struct support_memory support_workspace(void);

/// What one operator took in one inference; no accesses where the board does not count them.
struct profiler_sample {
  uint64_t ticks;
  uint32_t access, miss;
};

/// Before the first inference: whether the board counts accesses of the XIP cache.
void profiler_start(int counts);
/// Forgets the last inference.
void profiler_clear(void);
/// Of the operator at `index`; nothing where there is no room for it.
struct profiler_sample profiler_read(uint32_t index);
/// Ticks between `profiler_begin` and `profiler_end` with nothing between them: the fewest of some.
uint64_t profiler_clock_cost(void);
