#include "harness/process/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unistd.h>

namespace basin {

namespace {

constexpr double bar_interval_s = 0.1;

/// When the next plain line is due after one at `now`.
double next_line(double now) {
    for (const double time : {1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0})
        if (time > now) return time;
    return now + 60.0;
}

std::string with_separators(std::uint64_t number) {
    std::string digits = fmt::format("{}", number);
    for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3)
        digits.insert(static_cast<std::size_t>(place), ",");
    return digits;
}

} // namespace

Progress::Progress(std::ostream& out, Style style, std::uint64_t total)
    : out_(out), style_(style), total_(total), start_(std::chrono::steady_clock::now()),
      next_s_(style == Style::bar ? bar_interval_s : 1.0) {}

Progress::~Progress() {
    finish();
}

void Progress::advance(std::uint64_t points, std::uint64_t failed) {
    done_ += points;
    failed_ += failed;
    if (style_ == Style::none) return;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    if (elapsed.count() < next_s_) return;
    if (style_ == Style::bar) {
        out_ << '\r' << line(elapsed.count()) << "\x1b[K" << std::flush;
        line_open_ = true;
        next_s_ = elapsed.count() + bar_interval_s;
    } else {
        out_ << line(elapsed.count()) << std::endl;
        next_s_ = next_line(elapsed.count());
    }
}

void Progress::finish() {
    if (line_open_) out_ << "\r\x1b[K" << std::flush;
    line_open_ = false;
}

std::string Progress::line(double elapsed_s) const {
    const double share =
        total_ == 0 ? 1.0 : static_cast<double>(done_) / static_cast<double>(total_);
    const double rate = static_cast<double>(done_) / elapsed_s;
    std::string text;
    if (style_ == Style::bar) {
        constexpr std::size_t width = 24;
        const auto filled = std::min(width, static_cast<std::size_t>(share * width));
        text = fmt::format("[{}{}] ", std::string(filled, '#'), std::string(width - filled, '.'));
    }
    text += fmt::format("{:3.0f} %  {} of {} points  {:.3g}/s", std::floor(100.0 * share),
                        with_separators(done_), with_separators(total_), rate);
    if (done_ > 0 && done_ < total_)
        text += fmt::format("  ETA {}", duration_text(static_cast<double>(total_ - done_) / rate));
    if (failed_ > 0) text += fmt::format("  failed {}", failed_);
    return text;
}

Progress::Style progress_style_for(int descriptor) {
    return isatty(descriptor) ? Progress::Style::bar : Progress::Style::lines;
}

std::string duration_text(double seconds) {
    if (seconds < 1.0) return "< 1 s";
    const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

} // namespace basin
