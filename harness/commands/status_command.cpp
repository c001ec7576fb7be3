#include "harness/commands/command.hpp"
#include "harness/process/progress.hpp"
#include "harness/process/stop_signal.hpp"
#include "harness/run/plan_from_store.hpp"
#include "harness/run/run_estimate.hpp"
#include "models/metrics/metrics.hpp"
#include "sweeps/parameters/counted.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <iostream>
#include <optional>
#include <thread>
#include <unistd.h>

namespace basin {

namespace po = boost::program_options;

namespace {

using Clock = std::chrono::steady_clock;

/// A store at one moment.
struct Look {
    Inventory inventory;
    Coverage covered;
    std::optional<double> left_s{}; ///< one thread's work on what is missing, if it can be told
};

class Watcher {
public:
    explicit Watcher(const std::filesystem::path& folder)
        : plan_(plan_of_store(folder)), store_(Store::existing(folder, plan_)),
          applicability_(plan_) {}

    Look look() const {
        Look look{store_.inventory(plan_), {}, {}};
        look.covered = coverage(plan_, applicability_, look.inventory);
        return look;
    }

    /// What the work that is left takes one thread, going by the time that the rest took.
    std::optional<double> seconds_left(const Look& look) const {
        if (look.covered.missing() == 0) return std::nullopt;
        return forecast(plan_, applicability_, look.inventory).work_s;
    }

    const Config& config() const { return plan_.config(); }

private:
    Plan plan_;
    Store store_;
    Applicability applicability_;
};

nlohmann::json to_json(const Look& look, const Config& config) {
    const Coverage& covered = look.covered;
    nlohmann::json json = {{"name", config.name},
                           {"seed", config.seed},
                           {"planned", covered.planned},
                           {"done", covered.done()},
                           {"not_applicable", covered.points[Status::not_applicable]},
                           {"not_needed", covered.points[Status::not_needed]},
                           {"missing", covered.missing()},
                           {"journals", look.inventory.journals.size()},
                           {"damaged_bytes", look.inventory.damaged_bytes},
                           {"records_of_other_plans", look.inventory.elsewhere}};
    for (const Status status : failure_classes)
        json[std::string(name_of(status))] = covered.points[status];
    if (look.left_s) json["left_thread_s"] = *look.left_s;
    return json;
}

void print(const Look& look, const Config& config) {
    const Coverage& covered = look.covered;
    fmt::print("sweep           {} (seed {})\nplanned         {}\n", config.name, config.seed,
               covered.planned);
    fmt::print("done            {}\nfailed          {}\nmissing         {}\nnot applicable  {}\n",
               covered.done(), failures_text(covered.points), covered.missing(),
               covered.points[Status::not_applicable]);
    if (config.stopping)
        fmt::print("not needed      {}\n",
                   counted(covered.points[Status::not_needed], "replicate"));
    if (look.left_s)
        fmt::print("time left       {} of one thread's work, about\n", duration_text(*look.left_s));
    fmt::print("journals        {}\n", look.inventory.journals.size());
    if (look.inventory.damaged_bytes > 0)
        fmt::print("damaged bytes   {} (skipped; the points in them count as missing)\n",
                   look.inventory.damaged_bytes);
    for (const LackingMetric& metric : look.inventory.lacking)
        fmt::print("lacking         {} in {}, older than it\n", metrics()[metric.metric].name,
                   counted(metric.records, "record"));
    if (look.inventory.elsewhere > 0)
        fmt::print("other points    {} that this plan does not ask for\n",
                   counted(look.inventory.elsewhere, "record"));
}

/// Points that are there, and when.
struct Observation {
    Clock::time_point time;
    std::uint64_t points;
};

std::string line(const Coverage& covered, const Observation& first, const Observation& now) {
    const double elapsed_s = std::chrono::duration<double>(now.time - first.time).count();
    std::string text =
        fmt::format("done {} of {}, failed {}, missing {}", covered.done(), covered.planned,
                    failures_text(covered.points), covered.missing());
    if (now.points <= first.points || elapsed_s <= 0) return text;
    const double rate = static_cast<double>(now.points - first.points) / elapsed_s;
    return text + fmt::format("  {:.3g}/s  ETA {}", rate,
                              duration_text(static_cast<double>(covered.missing()) / rate));
}

/// Looks every `interval_s` seconds until nothing is missing or somebody stops it.
Exit watch(const Watcher& watcher, double interval_s, bool as_json) {
    const bool overwrites = !as_json && ::isatty(STDOUT_FILENO) != 0;
    std::optional<Observation> first;
    while (true) {
        const Look look = watcher.look();
        const Observation now{Clock::now(), look.covered.done() + look.covered.failed()};
        if (!first) first = now;
        if (as_json)
            std::cout << to_json(look, watcher.config()).dump() << std::endl;
        else
            std::cout << (overwrites ? "\r" : "") << line(look.covered, *first, now)
                      << (overwrites ? "\x1b[K" : "\n") << std::flush;
        const bool is_over = look.covered.missing() == 0;
        const Clock::time_point next = now.time + std::chrono::duration_cast<Clock::duration>(
                                                      std::chrono::duration<double>(interval_s));
        while (!is_over && !StopOnSignal::requested() && Clock::now() < next)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (!is_over && !StopOnSignal::requested()) continue;
        if (overwrites) std::cout << "\n";
        return is_over ? Exit::done : Exit::stopped;
    }
}

Exit status(const OptionValues& values) {
    if (!values.count("store")) throw UsageError("status needs a store folder DIR");
    const Watcher watcher(values["store"].as<std::vector<std::string>>()[0]);
    const bool as_json = values["json"].as<bool>();
    if (values.count("watch")) {
        const double interval_s = values["watch"].as<double>();
        if (!(interval_s > 0) || interval_s > 1e9)
            throw UsageError("--watch takes seconds, more than 0");
        return watch(watcher, interval_s, as_json);
    }
    Look look = watcher.look();
    look.left_s = watcher.seconds_left(look);
    if (as_json)
        std::cout << to_json(look, watcher.config()).dump(2) << "\n";
    else
        print(look, watcher.config());
    return Exit::done;
}

} // namespace

Verb status_verb() {
    po::options_description options("options");
    options.add_options()("watch", po::value<double>()->implicit_value(2.0)->value_name("SECONDS"),
                          "look again and again, every 2 s if not said otherwise (--watch=10), "
                          "until nothing is missing");
    add_json_option(options);
    return {"status", "DIR [--watch]", "count a store's points by state",
            options,  {"store"},       status};
}

} // namespace basin
