// RP2350 by its registers: joins what the other files do to the program's idea of a board.
#include "port.h"
#include "boards.h"
#include "clocks.h"
#include "console.h"
#include "faults.h"
#include "registers/cache.h"
#include "registers/cycles.h"
#include "registers/dma.h"
#include "registers/flash.h"
#include "registers/uart.h"
#include "resets.h"

// DS 12.9.7.
#define WATCHDOG_CTRL 0x400d8000u

// Of the linker script.
extern char free_start[], free_end[], flash_start[], image_limit[];

static uint32_t jedec;

void port_start(void) {
  enum { watchdog_enable = 1 << 30 };
  CLEAR(WATCHDOG_CTRL) = watchdog_enable;
  clocks_start();
  console_start();
  reset_cycle(reset_dma);
  pin_output(board_led);
  jedec = flash_read_jedec();
  // A clock that stands still would make every measurement 0.
  if (cycles_start() != 0) port_fail();
}

const struct port_description *port_describe(void) {
  static const struct port_description description = {
      .board = PORT_BOARD,
      .mcu = "rp2350",
      .origin = "measured",
      .unit = "cycles",
      .cores = 2,
      .console_baud = board_baud,
      .has_counters = 1,
  };
  return &description;
}

struct port_state port_read_state(void) {
  enum { on = 1, off = 2 };
  struct flash_state flash = flash_read_state();
  return (struct port_state){
      .clock_hz = clocks_hz(),
      .flash_clock_hz = clocks_hz() / flash.divisor,
      .flash_width = flash.width,
      .flash_divisor = flash.divisor,
      .qmi_timing = flash.timing,
      .qmi_rfmt = flash.format,
      .qmi_rcmd = flash.command,
      .jedec = jedec,
      .xip_cache = cache_is_on() ? on : off,
  };
}

RAM_CODE uint64_t port_clock(void) { return cycles_now(); }
uint64_t port_elapsed(uint64_t ticks) { return ticks; }

int port_set_clock(uint32_t hz) { return clocks_set(hz); }
int port_set_flash_divisor(uint32_t divisor) { return flash_set_divisor(divisor); }
int port_set_xip_cache(int on) {
  cache_switch(on);
  return 0;
}

struct port_flash port_flash(void) {
  return (struct port_flash){
      .base = (const void *)flash_cached,
      .bytes = (uint32_t)(image_limit - flash_start),
      .uncached = (const void *)flash_uncached,
  };
}
void port_flush_cache(void) { cache_flush(); }
RAM_CODE int port_dma_copy(void *to, const void *from, uint32_t bytes) {
  return dma_copy(to, from, bytes);
}

void port_put(uint8_t byte) { uart_put_byte(byte); }
void port_flush(void) { uart_wait_until_sent(); }
int port_get(void) { return uart_get_byte(); }
void port_toggle_led(void) { pin_toggle(board_led); }

struct port_memory port_free_memory(void) {
  return (struct port_memory){free_start, (uint32_t)(free_end - free_start)};
}

// Idles; how it ended is in the log.
void port_end(int failed) {
  (void)failed;
  uart_wait_until_sent();
  for (;;) __asm__ volatile("cpsid i\n\twfi");
}
