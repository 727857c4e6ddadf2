// What runs a model. One model is open at a time in each engine.
#pragma once
#include "model.h"

enum engine_status {
  engine_fine = 0,
  /// The plan or model is damaged, or of another version.
  engine_bad_model = 1,
  /// `arena_bytes` of the result says how many are needed.
  engine_arena_too_small = 2,
  /// An operator that the engine has not.
  engine_unsupported = 3,
  engine_failed = 4,
};

struct engine_memory {
  /// Copy of what `weights` of the engine gives, or NULL: where it is in flash.
  const void *_Nullable weights;
  /// At a multiple of 16.
  void *_Nonnull arena;
  uint32_t arena_bytes;
  /// 1 or 2.
  uint32_t cores;
};

struct engine_bytes {
  const uint8_t *_Nullable base;
  uint32_t bytes;
};

struct engine {
  /// As in the log: "pico2-benchmark" or "tflm"; "builtin" or "cmsis-nn".
  const char *_Nonnull runtime;
  const char *_Nonnull kernels;
  /// What has to be copied to have the weights in SRAM.
  struct engine_bytes (*_Nonnull weights)(const struct firmware_model *_Nonnull model);
  /// Prepares the model. `arena_bytes` becomes what the model takes, also when that is too much.
  enum engine_status (*_Nonnull open)(
      const struct firmware_model *_Nonnull model, const struct engine_memory *_Nonnull memory,
      uint32_t *_Nonnull arena_bytes);
  /// The open model's first input and output, which stay valid until the next `open`.
  struct engine_bytes (*_Nonnull input)(void);
  struct engine_bytes (*_Nonnull output)(void);
  /// One inference; calls `profiler_begin` and `profiler_end` around each operator.
  enum engine_status (*_Nonnull invoke)(void);
};

/// The linked engines, the built-in one first.
extern const struct engine *_Nonnull const firmware_engines[];
extern const uint32_t firmware_engine_count;

/// Called around the operator at `index` of the graph, by whichever engine runs it.
void profiler_begin(uint32_t index);
void profiler_end(uint32_t index);
