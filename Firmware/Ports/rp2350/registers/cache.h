// The cache in front of the flash (XIP, DS 4.4) and its counters.
#pragma once
#include <stdint.h>

int cache_is_on(void);
/// Begins with an empty cache.
void cache_switch(int on);
/// Forgets all lines.
void cache_flush(void);

void cache_clear_counters(void);
/// Both stay at 0xffffffff once there.
uint32_t cache_accesses(void);
uint32_t cache_hits(void);
