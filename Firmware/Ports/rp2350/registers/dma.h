// Copies by DMA (DS 12.6), with the last of the 16 channels.
#pragma once
#include <stdint.h>

enum { dma_channel = 15 };

/// Copies words and waits; addresses and `bytes` are multiples of 4. -1 after a bus error.
int dma_copy(void *to, const void *from, uint32_t bytes);
