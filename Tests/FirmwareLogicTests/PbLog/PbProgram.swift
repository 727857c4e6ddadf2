/// Programs that print a log with pb_log.h.
enum PbProgram {
  /// A program with `body` in its main function, and a log `bench` that prints to standard output.
  static func host(_ body: String) -> String {
    """
    #include <stdio.h>
    #include "pb_log.h"
    static void put(void *context, const char *text, size_t length) {
      fwrite(text, 1, length, (FILE *)context);
    }
    int main(void) {
      pb_log bench;
      pb_begin(&bench, put, stdout);
    \(body)
      return 0;
    }
    """
  }

  /// The same for a Cortex-M that QEMU emulates from its reset on, by semihosting.
  static func emulated(_ body: String) -> String {
    """
    #include "pb_log.h"
    static int call(int number, const void *argument) {
      register int r0 __asm__("r0") = number;
      register const void *r1 __asm__("r1") = argument;
      __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
      return r0;
    }
    static void put(void *context, const char *text, size_t length) {
      (void)context;
      while (length-- > 0) call(3, text++); /* SYS_WRITEC */
    }
    static pb_log bench;
    void reset(void);
    void reset(void) {
      pb_begin(&bench, put, NULL);
    \(body)
      call(0x18, (const void *)0x20026); /* SYS_EXIT: ended as it should */
      for (;;) {}
    }
    __attribute__((section(".vectors"), used)) static const struct { uint32_t stack; void (*code)(void); }
      vectors = { 0x20003f00, reset };
    """
  }

  /// A text as C writes it: an array, so that its length has no limit.
  static func array(_ name: String, _ bytes: [UInt8]) -> String {
    let values = (bytes + [0]).map { String(Int8(bitPattern: $0)) }.joined(separator: ",")
    return "  static const char \(name)[] = {\(values)};\n"
  }
}
