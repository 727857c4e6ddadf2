// Micro-benchmarks that measure what the hardware can do at most.
#pragma once
#include "nullability.h"
#include <stdint.h>

/// One measurement: so many ticks of the port's clock for so many MACs and bytes.
struct roof_result {
  uint64_t ticks;
  uint64_t macs, bytes;
  /// Of the XIP cache during the measurement, where the board counts them.
  uint32_t access, miss;
};

uint32_t roof_count(void);
/// In the words of the log, as "int8_smlad".
const char *_Nonnull roof_name(uint32_t index);
/// 0 when measured; -1 where the board has no such thing. `memory` may be overwritten.
int roof_measure(
    uint32_t index, void *_Nonnull memory, uint32_t bytes, struct roof_result *_Nonnull result);
