#pragma once

#include <stdexcept>
#include <string>

namespace basin {

/// Input from outside (a file, a value) is unusable. The message names the place and the remedy.
class InputError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace basin
