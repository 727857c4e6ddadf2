#include "cycles.h"
#include "registers.h"

#define DWT_CTRL 0xe0001000u
#define DWT_CYCCNT 0xe0001004u
#define DEMCR 0xe000edfcu

enum {
  trace_enable = 1u << 24,
  cycle_counter_enable = 1u << 0,
  disable_in_secure_state = 1u << 23,
};

static uint32_t last, wraps;

int cycles_start(void) {
  REGISTER(DEMCR) |= trace_enable;
  uint32_t control = REGISTER(DWT_CTRL) & ~(uint32_t)disable_in_secure_state;
  REGISTER(DWT_CYCCNT) = 0;
  REGISTER(DWT_CTRL) = control | cycle_counter_enable;
  barrier();
  last = wraps = 0;
  uint32_t first = REGISTER(DWT_CYCCNT);
  barrier();
  return REGISTER(DWT_CYCCNT) == first ? -1 : 0;
}

// In SRAM: it is read between an operator and the counters of the cache.
RAM_CODE uint64_t cycles_now(void) {
  uint32_t now = REGISTER(DWT_CYCCNT);
  wraps += now < last;
  last = now;
  return (uint64_t)wraps << 32 | now;
}
