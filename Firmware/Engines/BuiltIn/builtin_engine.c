// The table of the built-in engine; CInterface.swift has its functions.
#include "engine.h"

struct engine_bytes builtin_engine_weights(const struct firmware_model *_Nonnull model);
enum engine_status builtin_engine_open(
    const struct firmware_model *_Nonnull model, const struct engine_memory *_Nonnull memory,
    uint32_t *_Nonnull arena_bytes);
struct engine_bytes builtin_engine_input(void);
struct engine_bytes builtin_engine_output(void);
enum engine_status builtin_engine_invoke(void);

extern const struct engine builtin_engine;
const struct engine builtin_engine = {
    .runtime = "pico2-benchmark",
    .kernels = "builtin",
    .weights = builtin_engine_weights,
    .open = builtin_engine_open,
    .input = builtin_engine_input,
    .output = builtin_engine_output,
    .invoke = builtin_engine_invoke,
};
