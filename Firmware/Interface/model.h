// The models that are linked into the program; the build generates the table.
#pragma once
#include "nullability.h"
#include <stdint.h>

struct firmware_model {
  /// For the console: "ad_int8".
  const char *_Nonnull label;
  /// What `modelgen plan` wrote, at a multiple of 16: for the built-in engine, and the source of the
  /// model's name, dtype, operators and costs for all engines.
  const uint8_t *_Nonnull plan;
  uint32_t plan_bytes;
  /// The .tflite file, at a multiple of 16; NULL in a build without TFLM.
  const uint8_t *_Nullable tflite;
  uint32_t tflite_bytes;
  /// Samples of the input, one after the other; NULL where a pattern is used.
  const uint8_t *_Nullable inputs;
  uint32_t inputs_bytes;
};

extern const struct firmware_model firmware_models[];
extern const uint32_t firmware_model_count;

/// Compiler, flags and revision, as the build made them.
extern const char firmware_compiler[], firmware_flags[], firmware_revision[];
/// Where functions are: "flash" or "sram".
extern const char firmware_code_place[];
/// Commands that are run at the start, as if typed: lines with '\n'.
extern const char firmware_autostart[];
