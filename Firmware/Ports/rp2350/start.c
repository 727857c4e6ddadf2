// From the boot ROM to main: vectors, stack, memory (DS 5.9.5, Armv8-M Architecture Reference Manual).
#include "start.h"
#include "faults.h"
#include "port.h"
#include "registers/registers.h"

// Of the linker script.
extern uint32_t text_load[], text_start[], text_end[];
extern uint32_t rodata_load[], rodata_start[], rodata_end[];
extern uint32_t ramtext_load[], ramtext_start[], ramtext_end[];
extern uint32_t data_load[], data_start[], data_end[], bss_start[], bss_end[];
extern uint32_t stack_top[];
extern const vector constructors_start[], constructors_end[];

#define VTOR 0xe000ed08u
#define SHCSR 0xe000ed24u
#define CPACR 0xe000ed88u

enum { fpu = 0xf << 20, faults_of_their_own = 0xf << 16 };

int main(int count, char **arguments);
__attribute__((noreturn)) void reset(void);
__attribute__((noreturn, used)) void prepare(void);

// What faults go to, once memory is prepared: SRAM, so that a fault is said when flash cannot be read.
// VTOR takes multiples of the table's size, rounded up to a power of two (Armv8-M Architecture Reference
// Manual, VTOR).
__attribute__((aligned(512))) vector vectors[vector_count];
static const vector boot_vectors[vector_count];

#define START __attribute__((section(".start")))

// The boot ROM has set a stack, and limits it; set anew here, for images that a debugger starts.
START __attribute__((naked)) void reset(void) {
  __asm__ volatile(
      "cpsie i\n\t"
      "movs r0, #0\n\t"
      "msr msplim, r0\n\t"
      "ldr r0, =stack_top\n\t"
      "msr msp, r0\n\t"
      "ldr r0, =stack_bottom\n\t"
      "msr msplim, r0\n\t"
      "b prepare\n\t"
      ".ltorg");
}

// Words one by one: memcpy and memset need not be in their place yet, and the compiler does not make
// them of loops that it cannot see through.
START static void copy(const uint32_t *from, uint32_t *to, const uint32_t *end) {
  if (from == to) return;
  while (to < end) {
    *to++ = *from++;
    __asm__ volatile("" : : : "memory");
  }
}

RAM_CODE void enable_fpu(void) {
  REGISTER(CPACR) |= fpu;
  barrier();
}

START void prepare(void) {
  copy(text_load, text_start, text_end);
  copy(rodata_load, rodata_start, rodata_end);
  copy(ramtext_load, ramtext_start, ramtext_end);
  copy(data_load, data_start, data_end);
  for (uint32_t *word = bss_start; word < bss_end; word++) {
    *word = 0;
    __asm__ volatile("" : : : "memory");
  }
  copy((const uint32_t *)boot_vectors, (uint32_t *)vectors, (uint32_t *)(vectors + vector_count));
  barrier();
  REGISTER(VTOR) = (uint32_t)vectors;
  REGISTER(SHCSR) |= faults_of_their_own;
  enable_fpu();
  for (const vector *each = constructors_start; each < constructors_end; each++) (*each)();
  port_end(main(0, 0));
  for (;;) {
  }
}

// In flash, for the boot ROM.
__attribute__((section(".vectors"), used)) static const vector boot_vectors[vector_count] = {
    (vector)(void *)stack_top,
    reset,
    [2 ... vector_count - 1] = fault_entry,
};
