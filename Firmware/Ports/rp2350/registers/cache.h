// The cache in front of the flash (XIP, DS 4.4).
#pragma once
#include <stdint.h>

int cache_is_on(void);
/// Begins with an empty cache.
void cache_switch(int on);
/// Forgets all lines.
void cache_flush(void);
