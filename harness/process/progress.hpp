#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>

namespace basin {

/// Tells how a run goes: a bar with ETA on a terminal, rare plain lines elsewhere (at 1, 2, 5, 10,
/// 20, 30 s and then every 60 s). Not thread-safe.
class Progress {
public:
    enum class Style : std::uint8_t { bar, lines, none };

    Progress(std::ostream& out, Style style, std::uint64_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void advance(std::uint64_t points, std::uint64_t failed);

    /// Ends the bar's line, so that other text can follow.
    void finish();

private:
    std::string line(double elapsed_s) const;

    std::ostream& out_;
    Style style_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    std::uint64_t failed_ = 0;
    std::chrono::steady_clock::time_point start_;
    double next_s_ = 0.0;
    bool line_open_ = false;
};

/// bar if `descriptor` is a terminal, else lines.
Progress::Style progress_style_for(int descriptor);

/// "1 h 05 min", "3 min 20 s", "12 s", "< 1 s".
std::string duration_text(double seconds);

} // namespace basin
