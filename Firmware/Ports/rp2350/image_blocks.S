// The blocks by which the boot ROM knows an image (DS 5.9): a definition within the first 4 KiB, and a
// second block at the image's end, so that an image of which the end is missing does not start. Each
// says how far the next is away; the last points to the first.
  .syntax unified

  .section .image_definition, "a"
  .p2align 2
image_definition:
  .word 0xffffded3                       // Start of a block.
  .byte 0x42, 1                          // Item IMAGE_TYPE, of 1 word:
  .hword 0x1021                          // an executable, secure, for Arm, for RP2350.
  .byte 0xff                             // Last item,
  .hword 1                               // after items of so many words
  .byte 0
  .word image_end - image_definition
  .word 0xab123579                       // End of a block.

  .section .image_end, "a"
  .p2align 2
image_end:
  .word 0xffffded3
  .byte 0xfe, 1                          // Item IGNORED, of 1 word.
  .hword 0
  .byte 0xff
  .hword 1
  .byte 0
  .word image_definition - image_end
  .word 0xab123579
