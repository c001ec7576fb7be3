#pragma once

#include <stdexcept>

namespace basin {

/// The command line cannot be understood. Exit code 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace basin
