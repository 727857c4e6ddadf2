#include "worker.h"
#include "registers.h"

enum work { work_none, work_given, work_done };
static volatile enum work work;
static void (*volatile work_body)(void *);
static void *volatile work_context;

static inline void order(void) { __asm__ volatile("dmb" : : : "memory"); }
static inline void wait_for_event(void) { __asm__ volatile("wfe" : : : "memory"); }
static inline void send_event(void) { __asm__ volatile("dsb\n\tsev" : : : "memory"); }

RAM_CODE void worker_run(void) {
  for (;;) {
    while (work != work_given) wait_for_event();
    order();
    work_body(work_context);
    order();
    work = work_done;
    send_event();
  }
}

void worker_give(void (*body)(void *), void *context) {
  work_body = body;
  work_context = context;
  order();
  work = work_given;
  send_event();
}

RAM_CODE void worker_wait(void) {
  while (work == work_given) wait_for_event();
  order();
  work = work_none;
}
