// What differs between the boards.
#pragma once

#if defined(PORT_PICO2)
#define PORT_BOARD "pico2"
#elif defined(PORT_WAVESHARE_RP2350_PLUS_16MB)
#define PORT_BOARD "waveshare_rp2350_plus_16mb"
#else
#error "define PORT_PICO2 or PORT_WAVESHARE_RP2350_PLUS_16MB"
#endif

/// The same on both: LED, and the console's pins (Raspberry Pi's and Waveshare's schematics).
enum { board_led = 25, board_transmit = 0, board_receive = 1, board_baud = 115200 };
