// RP2350 on pico-sdk: start, clocks, console and the second core are the SDK's; what has to be known
// exactly is read from the same registers as without it.
#include "port.h"
#include "boards.h"
#include "faults.h"
#include "pll.h"
#include "registers/cache.h"
#include "registers/cycles.h"
#include "registers/dma.h"
#include "registers/flash.h"
#include "registers/registers.h"
#include "registers/uart.h"
#include "registers/second_core.h"
#include "registers/worker.h"

#include "hardware/clocks.h"
#include "hardware/dma.h"
#include "hardware/pll.h"
#include "hardware/uart.h"
#include "pico/multicore.h"
#include "pico/stdlib.h"

#ifdef PORT_CONSOLE_USB
#include "faults_on_usb.h"
enum { console_baud = 0 };
#else
enum { console_baud = board_baud };
#endif
enum { usual_hz = 150000000 };

// Of the linker.
extern char free_start[], free_end[], __flash_binary_start[], __flash_binary_end[];

static uint32_t jedec;

// From the crystal, so that the console keeps its rate whatever clk_sys is.
static void clock_console(void) {
  clock_configure_undivided(
      clk_peri, 0, CLOCKS_CLK_PERI_CTRL_AUXSRC_VALUE_XOSC_CLKSRC, XOSC_HZ);
#ifndef PORT_CONSOLE_USB
  uart_set_baudrate(uart_default, board_baud);
#endif
}

void port_start(void) {
  // Before interrupts of the console are on: they are handled by code in flash.
  jedec = flash_read_jedec();
  stdio_init_all();
  clock_console();
  dma_channel_claim(dma_channel);
  gpio_init(board_led);
  gpio_set_dir(board_led, GPIO_OUT);
#ifdef PORT_CONSOLE_USB
  // Nothing that is sent before the host listens arrives.
  while (!stdio_usb_connected()) sleep_ms(10);
  fault_say_kept();
#endif
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
      .console_baud = console_baud,
      .has_counters = 1,
  };
  return &description;
}

struct port_state port_read_state(void) {
  enum { on = 1, off = 2 };
  struct flash_state flash = flash_read_state();
  uint32_t hz = clock_get_hz(clk_sys);
  return (struct port_state){
      .clock_hz = hz,
      .flash_clock_hz = hz / flash.divisor,
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

// The SDK searches with a reference of 12 MHz only, which misses half of the whole MHz.
int port_set_clock(uint32_t hz) {
  struct pll_setting setting;
  if (hz > usual_hz || pll_find(XOSC_HZ, hz, &setting) != 0) return -1;
  clock_configure_undivided(
      clk_sys, CLOCKS_CLK_SYS_CTRL_SRC_VALUE_CLKSRC_CLK_SYS_AUX,
      CLOCKS_CLK_SYS_CTRL_AUXSRC_VALUE_CLKSRC_PLL_USB, USB_CLK_HZ);
  uint32_t vco = (uint32_t)((uint64_t)XOSC_HZ * setting.feedback / setting.reference);
  pll_init(pll_sys, setting.reference, vco, setting.first, setting.second);
  clock_configure_undivided(
      clk_sys, CLOCKS_CLK_SYS_CTRL_SRC_VALUE_CLKSRC_CLK_SYS_AUX,
      CLOCKS_CLK_SYS_CTRL_AUXSRC_VALUE_CLKSRC_PLL_SYS, hz);
  clock_console();
  return 0;
}
int port_set_flash_divisor(uint32_t divisor) { return flash_set_divisor(divisor); }
int port_set_xip_cache(int on) {
  cache_switch(on);
  return 0;
}

struct port_flash port_flash(void) {
  return (struct port_flash){
      .base = (const void *)flash_cached,
      .bytes = (uint32_t)(__flash_binary_end - __flash_binary_start),
      .uncached = (const void *)flash_uncached,
  };
}
void port_flush_cache(void) { cache_flush(); }
RAM_CODE int port_dma_copy(void *to, const void *from, uint32_t bytes) {
  return dma_copy(to, from, bytes);
}

#ifdef PORT_CONSOLE_USB
void port_put(uint8_t byte) { putchar_raw(byte); }
void port_flush(void) { stdio_flush(); }
int port_get(void) {
  int byte = getchar_timeout_us(0);
  return byte < 0 ? -1 : byte;
}
#else
void port_put(uint8_t byte) { uart_put_byte(byte); }
void port_flush(void) { uart_wait_until_sent(); }
int port_get(void) { return uart_get_byte(); }
#endif
void port_toggle_led(void) { gpio_xor_mask(1u << board_led); }

struct port_memory port_free_memory(void) {
  uintptr_t start = ((uintptr_t)free_start + 15) & ~(uintptr_t)15;
  return (struct port_memory){(void *)start, (uint32_t)((uintptr_t)free_end - start)};
}

void port_use_cores(uint32_t cores) {
  static uint32_t stack[1024];
  static bool launched;
  if (cores > 1 && !launched) {
    multicore_reset_core1();
    multicore_launch_core1_with_stack(worker_run, stack, sizeof stack);
  }
  if (cores < 2 && launched) second_core_reset();
  launched = cores > 1;
}

void port_start_other_core(void (*body)(void *), void *context) { worker_give(body, context); }
void port_wait_other_core(void) { worker_wait(); }

// Idles; how it ended is in the log. Interrupts stay on: what is sent by USB is sent by them.
void port_end(int failed) {
  (void)failed;
  port_flush();
  for (;;) __asm__ volatile("wfi");
}

// The SDK's vector table names it.
RAM_CODE __attribute__((naked)) void isr_hardfault(void) {
  __asm__ volatile("ldr r0, =fault_entry\n\tbx r0\n\t.ltorg");
}
