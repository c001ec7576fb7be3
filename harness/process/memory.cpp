#include "harness/process/memory.hpp"

#include "harness/process/usage_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <sys/resource.h>
#include <unistd.h>

namespace basin {

namespace {

constexpr std::string_view letters = "KMGT";

/// The number in a file of one number; nothing if there is none ("max" means no limit).
std::optional<std::size_t> number_in(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::size_t number = 0;
    if (!(in >> number)) return std::nullopt;
    return number;
}

std::optional<std::size_t> machine_memory() {
    std::ifstream in("/proc/meminfo");
    for (std::string line; std::getline(in, line);)
        if (std::size_t kilobytes = 0;
            std::sscanf(line.c_str(), "MemAvailable: %zu kB", &kilobytes) == 1)
            return kilobytes * 1024;
    return std::nullopt;
}

/// What the limits of the address space and of the data in it leave.
std::size_t left_by_own_limits() {
    // Pages: size resident shared text lib data dt
    std::array<std::size_t, 7> pages{};
    std::ifstream in("/proc/self/statm");
    for (std::size_t& count : pages)
        in >> count;
    const auto page_bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    std::size_t least = std::numeric_limits<std::size_t>::max();
    const auto take = [&](auto resource, std::size_t taken_pages) {
        rlimit limit{};
        if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
        const std::size_t most = limit.rlim_cur;
        least = std::min(least, most - std::min(most, taken_pages * page_bytes));
    };
    take(RLIMIT_AS, pages[0]);
    take(RLIMIT_DATA, pages[5]);
    return least;
}

/// The names that a version of control groups gives to the same things.
struct GroupFiles {
    std::filesystem::path root;
    const char* limit;
    const char* usage;
    std::string_view droppable; ///< in memory.stat: page cache that goes when memory is short
};

const GroupFiles version_1{"/sys/fs/cgroup/memory", "memory.limit_in_bytes",
                           "memory.usage_in_bytes", "total_inactive_file"};
const GroupFiles version_2{"/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"};

std::size_t droppable_in(const std::filesystem::path& group, std::string_view name) {
    std::ifstream in(group / "memory.stat");
    std::string key;
    for (std::size_t bytes = 0; in >> key >> bytes;)
        if (key == name) return bytes;
    return 0;
}

/// What a control group leaves; nothing if it sets no limit.
std::optional<std::size_t> left_by(const std::filesystem::path& group, const GroupFiles& files) {
    const auto limit = number_in(group / files.limit);
    const auto usage = number_in(group / files.usage);
    if (!limit || !usage) return std::nullopt;
    const std::size_t in_use = *usage - std::min(*usage, droppable_in(group, files.droppable));
    return *limit - std::min(*limit, in_use);
}

} // namespace

std::size_t memory_size(std::string_view text) {
    double number = 0.0;
    const auto [end, failure] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    std::string_view rest(end, text.data() + text.size());
    int power = 0;
    if (rest.size() == 1 && letters.find(rest[0]) != std::string_view::npos) {
        power = static_cast<int>(letters.find(rest[0])) + 1;
        rest = {};
    }
    const double bytes = std::ldexp(number, 10 * power);
    if (failure != std::errc{} || !rest.empty() || !(bytes >= 1.0) || !(bytes < 0x1p63))
        throw UsageError(fmt::format("'{}' is no amount of memory: write bytes, or a number and K, "
                                     "M, G or T, such as 512M or 1.5G",
                                     text));
    return static_cast<std::size_t>(bytes);
}

std::string memory_text(std::size_t bytes) {
    constexpr std::array<std::string_view, 5> units{"B", "KB", "MB", "GB", "TB"};
    auto number = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; number >= 1000.0 && unit + 1 < units.size(); ++unit)
        number /= 1024.0;
    return fmt::format("{:.3g} {}", number, units[unit]);
}

std::size_t available_memory() {
    std::size_t least = machine_memory().value_or(std::numeric_limits<std::size_t>::max());
    least = std::min(least, left_by_own_limits());
    // /proc/self/cgroup: "0::/path" in version 2, "7:memory:/path" in version 1. The groups above
    // set limits too; within a container the path may not exist, but the root does.
    std::ifstream in("/proc/self/cgroup");
    for (std::string line; std::getline(in, line);) {
        const bool is_version_2 = line.starts_with("0::/");
        if (!is_version_2 && line.find(":memory:/") == std::string::npos) continue;
        const GroupFiles& files = is_version_2 ? version_2 : version_1;
        const std::filesystem::path path = line.substr(line.find(":/") + 2);
        std::filesystem::path group = files.root;
        least = std::min(least, left_by(group, files).value_or(least));
        for (const std::filesystem::path& part : path)
            least = std::min(least, left_by(group /= part, files).value_or(least));
    }
    return least;
}

} // namespace basin
