#include "harness/process/environment.hpp"

#include "harness/process/usage_error.hpp"
#include "models/base/simd.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <sys/resource.h>

namespace basin {

namespace {

/// Bytes of stack that a thread needs, with room to spare.
constexpr std::uint64_t least_stack = 1U << 20;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

/// What an environment variable says, without the blanks around it; "" if nothing.
std::string_view variable(const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr ? std::string_view{} : trimmed(text);
}

/// The number at the front of `text`, which is taken off it.
std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{}) return std::nullopt;
    text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
    return number;
}

/// A list of numbers of threads, one for each level of nested loops.
bool is_thread_list(std::string_view text) {
    while (true) {
        const auto number = take_number(text);
        if (!number || *number == 0) return false;
        if (text.empty()) return true;
        if (text.front() != ',') return false;
        text = trimmed(text.substr(1));
    }
}

/// Bytes, of "512", "512K" or "2 M"; nothing if it is none of that.
std::optional<std::uint64_t> stack_bytes(std::string_view text) {
    constexpr std::string_view units = "BKMG";
    const auto number = take_number(text);
    const std::size_t unit = text.empty() ? 1 : units.find(static_cast<char>(text.front() & ~0x20));
    if (!number || text.size() > 1 || unit == std::string_view::npos) return std::nullopt;
    const std::uint64_t factor = std::uint64_t{1} << (10 * unit);
    return *number > UINT64_MAX / factor ? UINT64_MAX : *number * factor;
}

} // namespace

void check_environment() {
    simd_path();
    const std::string_view threads = variable("OMP_NUM_THREADS");
    if (threads.empty()) ::unsetenv("OMP_NUM_THREADS"); // LLVM's OpenMP aborts at an empty one
    if (!threads.empty() && !is_thread_list(threads))
        throw UsageError(fmt::format("OMP_NUM_THREADS={}: must be a number of threads", threads));
    for (const char* name : {"OMP_STACKSIZE", "GOMP_STACKSIZE"}) {
        const std::string_view text = variable(name);
        if (text.empty()) continue;
        const auto bytes = stack_bytes(text);
        if (!bytes || *bytes < least_stack)
            throw UsageError(
                fmt::format("{}={}: must be a size of 1M or more, such as 8M", name, text));
    }
    rlimit stack{};
    if (::getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur < least_stack)
        throw UsageError(fmt::format("the stack is limited to {} KiB; give `ulimit -s 8192` first",
                                     stack.rlim_cur / 1024));
}

} // namespace basin
