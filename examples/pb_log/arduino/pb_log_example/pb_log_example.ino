// Times a network on an Arduino, for as long as it has power.
//
// Copy Firmware/pb_log/pb_log.h into this sketch's folder, put your network into run_network(), and say in
// setup() what you know. Then record what the board prints, with `analyze capture` or any terminal, and give
// the file to `analyze`.
#include "pb_log.h"

static pb_log bench;

static void put(void *, const char *text, size_t length) {
  Serial.write(reinterpret_cast<const uint8_t *>(text), length);
}

static uint32_t microseconds() { return static_cast<uint32_t>(micros()); }

static void run_network() {
  // interpreter->Invoke(), for example.
  volatile long sum = 0;
  for (int i = 0; i < 1000; ++i) sum = sum + i;
}

void setup() {
  Serial.begin(115200);
  pb_begin(&bench, put, NULL);
  bench.board = "arduino_nano_33_ble";
  bench.mcu = "nrf52840";
  bench.clock_hz = 64000000;
  bench.runtime = "tflm";
  bench.model = "kws";
  bench.dtype = PB_INT8;
  bench.weights = PB_FLASH;
  bench.clock = microseconds;
  bench.end_every = 100;  // The log is whole after every 100 inferences, and begins again.
  run_network();          // The first one may be slower.
  bench.warmup = 1;
}

void loop() {
  pb_start(&bench);
  run_network();
  pb_stop(&bench);
}
