// Reading plain and gzip-compressed files through one interface.
#include <zlib.h>
