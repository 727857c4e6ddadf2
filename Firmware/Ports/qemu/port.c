// QEMU's mps2-an505: a Cortex-M33 with DSP extension and FPU (Arm application note AN505 for the
// memory map; Cortex-M System Design Kit, DDI 0479, for UART and timer). The core starts in the secure
// state, hence the addresses. With `-icount shift=10` an instruction takes 1024 ns of the timer.
#include "port.h"
#include <stddef.h>
#include <string.h>

struct uart {
  volatile uint32_t data, state, control, interrupt, divisor;
};
struct timer {
  volatile uint32_t control, value, reload, interrupt;
};
static struct uart *const uart0 = (struct uart *)0x50200000u;
static struct timer *const timer0 = (struct timer *)0x50000000u;
static volatile uint32_t *const coprocessor_access = (volatile uint32_t *)0xe000ed88u;

enum { uart_transmit_full = 1, uart_receive_full = 2, uart_transmit_receive = 3 };

// Of the linker script.
extern char data_load[], data_start[], data_end[], bss_start[], bss_end[];
extern char free_start[], free_end[], stack_top[];

int main(int count, char **arguments);
__attribute__((noreturn)) void reset(void);

void port_put(uint8_t byte) {
  while (uart0->state & uart_transmit_full) {
  }
  uart0->data = byte;
}

void port_flush(void) {}

int port_get(void) { return uart0->state & uart_receive_full ? (int)(uart0->data & 0xff) : -1; }

// The timer counts down at 20 MHz and wraps after 214 s of its time.
uint64_t port_clock(void) {
  static uint32_t last, wraps;
  uint32_t now = UINT32_MAX - timer0->value;
  wraps += now < last;
  last = now;
  return (uint64_t)wraps << 32 | now;
}

// A tick is 50 ns, an instruction 1024 ns.
uint64_t port_elapsed(uint64_t ticks) { return (ticks * 50 + 512) / 1024; }

const struct port_description *port_describe(void) {
  static const struct port_description description = {
      .board = "qemu_mps2_an505",
      .mcu = "cortex-m33",
      .origin = "emulated",
      .unit = "instructions",
      .cores = 1,
  };
  return &description;
}

struct port_state port_read_state(void) { return (struct port_state){0}; }
void port_clear_counters(void) {}
struct port_counters port_read_counters(void) { return (struct port_counters){0}; }
int port_set_clock(uint32_t hz) { return hz ? -1 : 0; }
int port_set_flash_divisor(uint32_t divisor) { return divisor ? -1 : 0; }
int port_set_xip_cache(int on) { return on ? 0 : -1; }
struct port_flash port_flash(void) { return (struct port_flash){0}; }
void port_flush_cache(void) {}
int port_dma_copy(void *to, const void *from, uint32_t bytes) {
  (void)to, (void)from, (void)bytes;
  return -1;
}
void port_toggle_led(void) {}

struct port_memory port_free_memory(void) {
  return (struct port_memory){free_start, (uint32_t)(free_end - free_start)};
}

void port_use_cores(uint32_t cores) { (void)cores; }
void port_start_other_core(void (*body)(void *), void *context) { body(context); }
void port_wait_other_core(void) {}

// SYS_EXIT of "Semihosting for AArch32 and AArch64"; any reason but ADP_Stopped_ApplicationExit makes
// QEMU's exit status 1.
__attribute__((noreturn)) static void leave(int failed) {
  register uint32_t operation __asm__("r0") = 0x18;
  register uint32_t reason __asm__("r1") = failed ? 0x20023 : 0x20026;
  for (;;) __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(reason) : "memory");
}

void port_end(int failed) { leave(failed); }

__attribute__((noreturn)) static void fault(void) {
  for (const char *text = "\r\n# fault: the program broke off\r\n"; *text; text++) {
    port_put((uint8_t)*text);
  }
  leave(1);
}

// What the C library's abort and Swift's traps come to.
__attribute__((noreturn)) void port_fail(void) { fault(); }

__attribute__((noreturn)) void reset(void) {
  memcpy(data_start, data_load, (size_t)(data_end - data_start));
  memset(bss_start, 0, (size_t)(bss_end - bss_start));
  *coprocessor_access |= 0xfu << 20; // The FPU, coprocessors 10 and 11.
  __asm__ volatile("dsb\n\tisb" : : : "memory");
  leave(main(0, NULL));
}

void port_start(void) {
  uart0->divisor = 16;
  uart0->control = uart_transmit_receive;
  timer0->reload = timer0->value = UINT32_MAX;
  timer0->control = 1;
}

__attribute__((section(".vectors"), used)) static void *const vectors[16] = {
    stack_top, (void *)reset, (void *)fault, (void *)fault, (void *)fault,
    (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault,
    (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault};
