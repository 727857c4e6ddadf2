/* The same without a board:  cc -I Firmware/pb_log examples/pb_log/host/main.c && ./a.out | analyze - */
#include <stdio.h>
#include <time.h>

#define PB_LINE_END "\n"
#include "pb_log.h"

static void put(void *context, const char *text, size_t length) {
  (void)context;
  fwrite(text, 1, length, stdout);
}

/* Two operators stand for a network. */
static void convolve(void) {
  volatile float sum = 0;
  for (int i = 0; i < 200000; ++i) sum = sum + (float)i;
}

static void classify(void) {
  volatile float sum = 0;
  for (int i = 0; i < 50000; ++i) sum = sum + (float)i;
}

int main(void) {
  pb_log bench;
  pb_begin(&bench, put, NULL);
  bench.board = "my computer";
  bench.model = "two loops";
  bench.dtype = PB_FP32;
  bench.quantum = 1000000 / CLOCKS_PER_SEC;
  for (int i = 0; i < 20; ++i) {
    clock_t start = clock(), between, end;
    convolve();
    between = clock();
    classify();
    end = clock();
    pb_operator(&bench, "CONV_2D", (uint64_t)(between - start) * 1000000 / CLOCKS_PER_SEC);
    pb_operator(&bench, "SOFTMAX", (uint64_t)(end - between) * 1000000 / CLOCKS_PER_SEC);
    pb_inference(&bench, (uint64_t)(end - start) * 1000000 / CLOCKS_PER_SEC);
  }
  pb_end(&bench);
  return 0;
}
