#include "harness/process/provenance.hpp"

#include "analysis/cells/shell.hpp"
#include "models/base/simd.hpp"
#include "models/recall/recall.hpp"
#include "results/files/file.hpp"
#include "sweeps/parameters/plain_text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ctime>
#include <fstream>
#include <thread>
#include <unistd.h>
#include <vector>

#include "build_info.hpp"

namespace basin {

namespace {

std::string cpu_name() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);)
        if (line.starts_with("model name"))
            if (const auto colon = line.find(':'); colon != std::string::npos)
                return line.substr(colon + 2);
    return "unknown";
}

std::vector<std::string> simd_sets() {
    std::vector<std::string> sets;
    if (__builtin_cpu_supports("sse4.2")) sets.emplace_back("sse4.2");
    if (__builtin_cpu_supports("popcnt")) sets.emplace_back("popcnt");
    if (__builtin_cpu_supports("avx2")) sets.emplace_back("avx2");
    if (__builtin_cpu_supports("fma")) sets.emplace_back("fma");
    if (__builtin_cpu_supports("avx512f")) sets.emplace_back("avx512f");
    return sets;
}

} // namespace

BuildFacts build_facts() {
    return {{"basin_version", build_info::version},
            {"revision", build_info::revision},
            {"compiler", build_info::compiler},
            {"compiler_flags", build_info::flags},
            {"libraries", build_info::libraries}};
}

std::string version_text() {
    return fmt::format("basin {} (revision {}, kernel version {})\ncompiler   {}\nflags      {}\n"
                       "libraries  {}\n",
                       build_info::version, build_info::revision, kernel_version,
                       build_info::compiler, build_info::flags, build_info::libraries);
}

nlohmann::json session_facts(int threads, const std::string& command) {
    return {{"host", host_name()},
            {"process", getpid()},
            {"cpu", cpu_name()},
            {"cores", std::thread::hardware_concurrency()},
            {"machine_simd", simd_sets()},
            {"kernel_path", name_of(simd_path())},
            {"threads", threads},
            {"command", command},
            {"revision", build_info::revision}};
}

std::string own_command_line() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::string command;
    for (std::string word; std::getline(file, word, '\0');)
        command += (command.empty() ? "" : " ") + shell_quoted(word);
    return shown_plainly(command); // the program's own path may be anything
}

std::string utc_now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

} // namespace basin
