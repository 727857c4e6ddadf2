// The second core. The boot ROM keeps it waiting for an address to go to (DS 5.3). It gets one when it is
// to take part, and then waits for what to run; when it is no longer to, it goes back to the ROM.
#include "port.h"
#include "registers/registers.h"
#include "registers/second_core.h"
#include "registers/worker.h"
#include "start.h"

// DS 3.1.11.
#define SIO_FIFO_ST 0xd0000050u
#define SIO_FIFO_WR 0xd0000054u
#define SIO_FIFO_RD 0xd0000058u

enum { fifo_has_word = 1 << 0, fifo_has_room = 1 << 1 };

extern uint32_t other_stack_top[], other_stack_bottom[];

RAM_CODE __attribute__((noreturn)) static void other_core(void) {
  __asm__ volatile("msr msplim, %0" : : "r"(other_stack_bottom));
  enable_fpu();
  worker_run();
}

// The ROM answers each word with the same word. Zeros begin: they make it wait for 1, and the words
// that follow are what it sets VTOR, the stack and the program counter to.
static void launch(void) {
  second_core_reset();
  const uint32_t words[] = {0, 0, 1, (uint32_t)vectors, (uint32_t)other_stack_top,
                            (uint32_t)other_core};
  uint32_t next = 0;
  while (next < sizeof words / sizeof words[0]) {
    if (words[next] == 0) {
      while (REGISTER(SIO_FIFO_ST) & fifo_has_word) (void)REGISTER(SIO_FIFO_RD);
      __asm__ volatile("sev");
    }
    while (!(REGISTER(SIO_FIFO_ST) & fifo_has_room)) {
    }
    REGISTER(SIO_FIFO_WR) = words[next];
    __asm__ volatile("sev");
    while (!(REGISTER(SIO_FIFO_ST) & fifo_has_word)) {
    }
    next = REGISTER(SIO_FIFO_RD) == words[next] ? next + 1 : 0;
  }
}

void port_use_cores(uint32_t cores) {
  static int launched;
  if (cores > 1 && !launched) launch();
  if (cores < 2 && launched) second_core_reset();
  launched = cores > 1;
}

void port_start_other_core(void (*body)(void *), void *context) { worker_give(body, context); }
void port_wait_other_core(void) { worker_wait(); }
