#pragma once
// A file driver for new HDF5 files to which writing never fails in HDF5's eyes.
//
// HDF5 1.10 crashes when it closes a file that it cannot write, as on a full disk; one that is left
// open instead keeps its memory and disk space for as long as the process lives. So from the first
// failure on this driver keeps what HDF5 writes in memory, to be read again until HDF5 has closed
// the file, and remembers the reason. After a failure only tables and at most one chunk are left to
// write, if the writer looks at the reason after every chunk.

#include <hdf5.h>

namespace basin {

/// Lives for as long as the file is open.
struct WriteFailure {
    int reason = 0; ///< errno of the first write that failed; 0: none has
};

/// Makes files that are created with this property list go through the driver. Throws Hdf5Error.
void use_forgiving_driver(hid_t access, WriteFailure& failure);

} // namespace basin
