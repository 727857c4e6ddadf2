/* Times a network on a Raspberry Pi Pico 2, for as long as it has power. Put your network into run_network() and say in
 * main() what you know. */
#include <stdio.h>

#include "hardware/clocks.h"
#include "pico/stdlib.h"

/* pico-sdk's console writes CR LF for each LF. */
#define PB_LINE_END "\n"
#include "pb_log.h"

static void put(void *context, const char *text, size_t length) {
  (void)context;
  fwrite(text, 1, length, stdout);
}

static void run_network(void) {
  /* interpreter->Invoke(), for example. */
  volatile float sum = 0;
  for (int i = 0; i < 1000; ++i) sum = sum + (float)i;
}

int main(void) {
  static pb_log bench;
  stdio_init_all();
  pb_begin(&bench, put, NULL);
  bench.board = "pico2";
  bench.mcu = "rp2350";
  bench.clock_hz = clock_get_hz(clk_sys);
  bench.runtime = "tflm";
  bench.kernels = "cmsis-nn";
  bench.model = "kws";
  bench.dtype = PB_INT8;
  bench.weights = PB_FLASH;
  bench.clock = time_us_32;
  bench.end_every = 100; /* The log is whole after every 100 inferences, and begins again. */
  run_network();         /* The first one may be slower. */
  bench.warmup = 1;
  for (;;) {
    pb_start(&bench);
    run_network();
    pb_stop(&bench);
  }
}
