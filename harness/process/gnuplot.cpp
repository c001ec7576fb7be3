#include "harness/process/gnuplot.hpp"

#include "harness/process/usage_error.hpp"
#include "results/files/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace basin {
namespace {

using Clock = std::chrono::steady_clock;

/// What is not the user's locale or gnuplot's own settings, so that runs are alike.
std::vector<std::string> environment() {
    std::vector<std::string> kept;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        bool own = false;
        for (const std::string_view name :
             {"LC_", "LANG", "SOURCE_DATE_EPOCH=", "GNUPLOT", "GNUTERM"})
            own = own || text.starts_with(name);
        if (!own) kept.emplace_back(text);
    }
    kept.emplace_back("LC_ALL=C.UTF-8");
    kept.emplace_back("SOURCE_DATE_EPOCH=0");
    return kept;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (std::string& text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

/// Starts gnuplot; what it says goes into `said`. Returns an error number, or 0.
int start(const std::string& folder, std::vector<std::string> arguments, int said, pid_t& process) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, said, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, said, STDERR_FILENO);
    std::vector<std::string> variables = environment();
    arguments.insert(arguments.begin(), "gnuplot");
    const int error = ::posix_spawnp(&process, "gnuplot", &actions, nullptr,
                                     pointers(arguments).data(), pointers(variables).data());
    ::posix_spawn_file_actions_destroy(&actions);
    return error;
}

/// What comes out of a pipe until it is closed. False if that takes longer than until `end`.
bool read_until_closed(int pipe, Clock::time_point end, std::string& text) {
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        pollfd waiting{pipe, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(std::max<long>(left.count(), 0)));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        std::array<char, 4096> block{};
        const ssize_t count = ::read(pipe, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return true;
        text.append(block.data(), static_cast<std::size_t>(count));
    }
}

struct Ended {
    int start_error = 0; ///< or 0
    bool in_time = true;
    int status = 0;
    std::string said;
};

Ended run(const std::string& folder, const std::vector<std::string>& arguments,
          std::chrono::seconds limit) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw_io("make", "a pipe");
    const OpenFile reading(ends[0]);
    Ended ended;
    pid_t process = 0;
    {
        const OpenFile writing(ends[1]);
        ended.start_error = start(folder, arguments, writing.descriptor(), process);
    }
    if (ended.start_error != 0) return ended;
    ended.in_time = read_until_closed(reading.descriptor(), Clock::now() + limit, ended.said);
    if (!ended.in_time) ::kill(process, SIGKILL);
    while (::waitpid(process, &ended.status, 0) < 0 && errno == EINTR) {
    }
    return ended;
}

} // namespace

void need_gnuplot() {
    const Ended ended = run(".", {"--version"}, std::chrono::seconds(20));
    if (ended.start_error == ENOENT)
        throw UsageError("--static needs gnuplot, which is not installed; on Debian it is in the "
                         "package gnuplot-nox");
    if (ended.start_error != 0 || ended.status != 0)
        throw std::runtime_error(
            fmt::format("gnuplot does not start: {}{}", ended.said,
                        ended.start_error != 0 ? std::strerror(ended.start_error) : ""));
}

void run_gnuplot(const std::filesystem::path& folder, const std::string& script,
                 std::chrono::seconds limit) {
    const Ended ended = run(folder.string(), {"-d", script}, limit);
    const std::string path = (folder / script).string();
    if (ended.start_error != 0)
        throw std::runtime_error(
            fmt::format("gnuplot does not start: {}", std::strerror(ended.start_error)));
    if (!ended.in_time)
        throw std::runtime_error(
            fmt::format("gnuplot took longer than {} s over {}", limit.count(), path));
    if (ended.status != 0 || !ended.said.empty())
        throw std::runtime_error(fmt::format("gnuplot failed over {}:\n{}", path, ended.said));
}

} // namespace basin
