#pragma once
// The three standard streams, which a shell may have closed, and an output that may be full.

#include <exception>
#include <optional>

namespace basin {

/// Gives standard streams that are closed a device on which their use fails, so that no file of a
/// store takes their number and gets what is printed. From here on a print that fails throws.
void prepare_standard_streams();

/// The error number of the first failure if not everything that was printed has arrived; 0 if it
/// has. Flushes standard output. `thrown` is the exception that a print ended with, if one did.
int standard_output_failure(const std::exception* thrown = nullptr);

} // namespace basin
