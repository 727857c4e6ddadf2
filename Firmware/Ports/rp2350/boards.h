// What the boards of data/boards.csv with an RP2350 have in common, and the name of this one.
#pragma once

#ifndef PORT_BOARD
#error "define PORT_BOARD, the name of the board in data/boards.csv"
#endif

/// LED, and the console's pins (Raspberry Pi's and Waveshare's schematics).
enum { board_led = 25, board_transmit = 0, board_receive = 1, board_baud = 115200 };
