/* Times 100 inferences on an ESP32 of any kind. Build it with idf.py; put your network into run_network() and say in
 * app_main() what you know. */
#include <stdio.h>

#include "esp_timer.h"

/* ESP-IDF's console writes CR LF for each LF. */
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

void app_main(void) {
  static pb_log bench;
  pb_begin(&bench, put, NULL);
  bench.board = "esp32_s3_devkitc_1";
  bench.mcu = "esp32s3";
  bench.clock_hz = 240000000;
  bench.cores = 1;
  bench.runtime = "esp-tflite-micro";
  bench.kernels = "esp-nn";
  bench.model = "person_detect";
  bench.dtype = PB_INT8;
  bench.weights = PB_FLASH;
  run_network(); /* The first one may be slower. */
  bench.warmup = 1;
  for (int i = 0; i < 100; ++i) {
    int64_t start = esp_timer_get_time();
    run_network();
    pb_inference(&bench, (uint64_t)(esp_timer_get_time() - start));
  }
  pb_end(&bench);
  fflush(stdout);
}
