// Micro-benchmarks that measure what the hardware can do at most.
#pragma once
#include "nullability.h"
#include <stdint.h>

/// One measurement: so many ticks of the port's clock for so many MACs and bytes.
struct roof_result {
  /// With one reading of the clock in it, of which `clock` measures the cost.
  uint64_t ticks;
  /// Bytes read, written or copied (a byte that is copied counts once).
  uint64_t macs, bytes;
  /// Of the XIP cache during the measurement, where the board counts them.
  uint32_t access, miss;
};

uint32_t roof_count(void);
/// In the words of the log, as "int8_smlad".
const char *_Nonnull roof_name(uint32_t index);
/// 0 when measured; -1 where the board has no such thing. `memory`, which begins at a multiple of 8,
/// may be overwritten; 16 KiB suffice, and the copies from flash take up to 64 KiB if there are.
int roof_measure(
    uint32_t index, void *_Nonnull memory, uint32_t bytes, struct roof_result *_Nonnull result);
