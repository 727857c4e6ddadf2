#include "worker.h"
#include "registers.h"

enum work { work_none, work_given, work_done };
static volatile enum work work;
static void (*volatile work_body)(void *);
static void *volatile work_context;

static inline void order(void) { __asm__ volatile("dmb" : : : "memory"); }
static inline void wait_for_event(void) { __asm__ volatile("wfe" : : : "memory"); }
static inline void send_event(void) { __asm__ volatile("dsb\n\tsev" : : : "memory"); }

// Sleeps between pieces of work, so that it takes no turn at SRAM meanwhile.
RAM_CODE void worker_run(void) {
  for (;;) {
    while (work != work_given) wait_for_event();
    order();
    work_body(work_context);
    order();
    work = work_done;
  }
}

void worker_give(void (*body)(void *), void *context) {
  work_body = body;
  work_context = context;
  order();
  work = work_given;
  send_event();
}

// Spins: this core takes the time, and nothing says that its counter (DWT) counts cycles of sleep.
RAM_CODE void worker_wait(void) {
  while (work == work_given) {
  }
  order();
  work = work_none;
}
