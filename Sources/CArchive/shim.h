// Unpacking .xz, .bz2, .zst, and the members of .zip and .tar files.
#include <archive.h>
#include <archive_entry.h>
