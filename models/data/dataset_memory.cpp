#include "models/data/dataset_memory.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>

namespace basin {

void require_pattern_room(std::uint64_t values, std::size_t stored_bytes, std::string_view place) {
    constexpr double megabyte = 1 << 20U;
    const double need =
        static_cast<double>(values) * static_cast<double>(stored_bytes + sizeof(float));
    if (need <= static_cast<double>(pattern_room)) return;
    throw InputError(
        fmt::format("{}: its {} values need about {:.3g} MB of memory to be read, more "
                    "than the {:.3g} MB that may be taken; name a smaller file, or "
                    "allow more with --memory",
                    place, values, need / megabyte, static_cast<double>(pattern_room) / megabyte));
}

} // namespace basin
