#include "harness/process/standard_streams.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <iostream>
#include <system_error>
#include <unistd.h>

namespace basin {

namespace {

/// The error number that an exception carries, or 0.
int error_number_of(const std::exception* thrown) {
    const auto* failure = dynamic_cast<const std::system_error*>(thrown);
    const bool is_of_system =
        failure != nullptr && (failure->code().category() == std::generic_category() ||
                               failure->code().category() == std::system_category());
    return is_of_system ? failure->code().value() : 0;
}

} // namespace

void prepare_standard_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(stream, F_GETFD) < 0) // the lowest free number is this one
            (void)::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    std::cout.exceptions(std::ios::badbit); // as fmt::print does
}

int standard_output_failure(const std::exception* thrown) {
    int reason = errno; // of the print that threw, where it does not carry it
    const bool failed_before = std::ferror(stdout) != 0;
    if (!failed_before && std::fflush(stdout) == 0) return 0;
    if (!failed_before) reason = errno;
    if (const int carried = error_number_of(thrown); failed_before && carried != 0)
        reason = carried;
    return reason != 0 ? reason : EIO;
}

} // namespace basin
