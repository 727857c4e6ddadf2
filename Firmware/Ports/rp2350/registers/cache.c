#include "cache.h"
#include "registers.h"

// DS 4.4.5.
#define XIP_CTRL 0x400c8000u

// Writes of bytes in this window maintain the cache (DS 4.4.1.1): here line by line at its end, where
// no flash is mapped.
#define XIP_MAINTENANCE_END 0x1c000000u

enum {
  enable_secure_and_nonsecure = 3,
  cache_bytes = 16384,
  line_bytes = 8,
  invalidate_by_set_and_way = 0,
};

int cache_is_on(void) { return (REGISTER(XIP_CTRL) & 1) != 0; }

RAM_CODE void cache_flush(void) {
  for (uint32_t offset = 0; offset < cache_bytes; offset += line_bytes) {
    uint32_t line = XIP_MAINTENANCE_END - cache_bytes + offset + invalidate_by_set_and_way;
    *(volatile uint8_t *)line = 0;
  }
  barrier();
}

RAM_CODE void cache_switch(int on) {
  uint32_t off = REGISTER(XIP_CTRL) & ~(uint32_t)enable_secure_and_nonsecure;
  REGISTER(XIP_CTRL) = off;
  barrier();
  if (!on) return;
  cache_flush();
  REGISTER(XIP_CTRL) = off | enable_secure_and_nonsecure;
  barrier();
}
