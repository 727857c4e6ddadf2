// Start, console, clock and end of a program on QEMU's mps2-an505, a Cortex-M33 with its DSP extension
// and FPU (Arm application note AN505, "Cortex-M33 with IoT kit FPGA for MPS2+"; the Cortex-M System
// Design Kit, DDI 0479, for UART and timer). The core starts in the secure state, hence the addresses.
#include "board.h"
#include <errno.h>
#include <malloc.h>
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

// Of the linker script.
extern char data_load[], data_start[], data_end[], bss_start[], bss_end[], heap_start[], heap_end[];
extern char stack_top[];

int main(int count, char **arguments);
__attribute__((noreturn)) void reset(void);

int putchar(int character) {
  while (uart0->state & 1) {
  }
  uart0->data = (uint32_t)character;
  return character;
}

// The timer counts down, at 20 MHz.
uint32_t board_ticks(void) { return UINT32_MAX - timer0->value; }

// Ends the emulation: SYS_EXIT of "Semihosting for AArch32 and AArch64"; any reason but
// ADP_Stopped_ApplicationExit makes QEMU's exit status 1.
__attribute__((noreturn)) static void leave(int failed) {
  register uint32_t operation __asm__("r0") = 0x18;
  register uint32_t reason __asm__("r1") = failed ? 0x20023 : 0x20026;
  for (;;) __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(reason) : "memory");
}

__attribute__((noreturn)) static void fault(void) {
  for (const char *text = "fault\n"; *text; text++) putchar(*text);
  leave(1);
}

__attribute__((noreturn)) void reset(void) {
  memcpy(data_start, data_load, (size_t)(data_end - data_start));
  memset(bss_start, 0, (size_t)(bss_end - bss_start));
  *coprocessor_access |= 0xfu << 20; // The FPU, coprocessors 10 and 11.
  __asm__ volatile("dsb\n\tisb" : : : "memory");
  uart0->divisor = 16;
  uart0->control = 1;
  timer0->reload = timer0->value = UINT32_MAX;
  timer0->control = 1;
  leave(main(0, NULL));
}

__attribute__((section(".vectors"), used)) static void *const vectors[16] = {
    stack_top, (void *)reset, (void *)fault, (void *)fault, (void *)fault,
    (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault,
    (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault};

// What Swift's stack protector compares and calls.
uintptr_t __stack_chk_guard = 0xa5c35a3cu;
__attribute__((noreturn)) void __stack_chk_fail(void) { fault(); }

// Memory for newlib's malloc.
void *_sbrk(ptrdiff_t size) {
  static char *next = heap_start;
  if (size > heap_end - next) {
    errno = ENOMEM;
    return (void *)-1;
  }
  next += size;
  return next - size;
}

// Swift allocates by this; newlib has it under its old name only.
int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}
