#include "harness/run/recall_tasks.hpp"

#include "harness/process/first_failure.hpp"
#include "harness/run/continuous_recall_tasks.hpp"
#include "models/metrics/metrics.hpp"
#include "sweeps/estimate/cost.hpp"
#include "sweeps/estimate/memory_estimate.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <string>

namespace basin {

namespace {

using Clock = WorkClock::Clock;

/// Long enough that cutting off a piece costs nothing beside it, short enough that waiting for the
/// last one does not either.
constexpr double piece_s = 4e-3;

/// Looking at one word of a memory when a final state is judged, roughly.
constexpr double look_s = 5e-10;

/// A group on its way.
struct Party {
    const SettingGroup& group;
    double probe_s; ///< expected of one probe
    Paths paths{};
    std::atomic<double> walked_s{0.0};
    std::vector<std::string> failures{}; ///< [piece], "" where nothing was thrown
    std::atomic<bool> is_too_slow{false};
    std::vector<std::size_t> first_alike{}; ///< [member], once all have walked

    Party(const SettingGroup& its_group, double expected_s)
        : group(its_group), probe_s(expected_s) {}

    bool has_walked() const { return !is_too_slow && failure().empty(); }

    /// The message of the first piece that failed, or "".
    std::string failure() const {
        const auto first = std::ranges::find_if_not(failures, &std::string::empty);
        return first == failures.end() ? "" : *first;
    }
};

using Parties = std::span<const std::unique_ptr<Party>>;

class Pieces {
public:
    Pieces(const Scene& scene, std::span<const Setting> settings, const Crew& crew,
           const Walk& walking)
        : scene_(scene), settings_(settings), crew_(crew), walking_(walking),
          probes_(scene.probe_count()), findings_(settings.size()) {
        const WorkClock::AtWork working(worker().clock);
        const auto start = Clock::now();
        const CostModel costs;
        const SceneSize size = scene_size(scene);
        groups_ = worker().groups.groups(settings, scene.dimension());
        for (const SettingGroup& group : *groups_) {
            double group_s = 0.0;
            for (const std::size_t member : group.members)
                group_s += costs.seconds(cost_class(settings[member]), size);
            expected_s_ += group_s;
            parties_.push_back(std::make_unique<Party>(group, group_s / std::max(probes_, 1U)));
        }
        const double share_s =
            WorkClock::seconds_since(start) / static_cast<double>(settings.size());
        for (Finding& finding : findings_)
            finding.elapsed_s = share_s;
    }

    std::optional<std::vector<Finding>> run() {
        for (std::size_t first = 0; first < parties_.size();) {
            const Parties abreast = Parties(parties_).subspan(first, next_abreast(first));
            make_room(abreast);
            walk_all(abreast);
            for (const auto& party : abreast)
                if (party->is_too_slow && !crew_.given_up()) give_time_to_each(*party);
            if (!crew_.given_up()) compare_all(abreast);
            if (!crew_.given_up()) judge_all(abreast);
            if (!crew_.given_up()) copy_all(abreast);
            if (crew_.given_up()) return std::nullopt;
            for (const auto& party : abreast)
                Paths().swap(party->paths);
            first += abreast.size();
        }
        return std::move(findings_);
    }

private:
    Worker& worker() const { return crew_.workers[static_cast<std::size_t>(omp_get_thread_num())]; }

    /// Whether pieces are worth offering to other threads.
    bool is_large() const { return expected_s_ >= 2 * piece_s; }

    /// How many parties walk at the same time, so that they share what the cues say.
    std::size_t next_abreast(std::size_t first) const {
        std::size_t bytes = 0;
        std::size_t last = first;
        do
            bytes += path_bytes(scene_.dimension()) * probes_ *
                     parties_[last++]->group.contenders.count();
        while (last < parties_.size() && bytes < most_paths_abreast);
        return last - first;
    }

    /// Probes of a piece.
    std::uint32_t step_of(Parties abreast) const {
        double probe_s = 0.0;
        for (const auto& party : abreast)
            probe_s += party->probe_s;
        return static_cast<std::uint32_t>(
            std::clamp(piece_s / probe_s, 1.0, std::max<double>(probes_, 1.0)));
    }

    void make_room(Parties abreast) {
        const WorkClock::AtWork working(worker().clock);
        const std::uint32_t step = step_of(abreast);
        for (const auto& party : abreast) {
            party->paths.resize(probes_);
            party->failures.resize((probes_ + step - 1) / step);
        }
    }

    // The pieces below have no scheduling point, and a worker's tables are used in the constructor
    // alone: no task can begin on its thread in between.

    void walk_all(Parties abreast) {
        const std::uint32_t step = step_of(abreast);
#pragma omp taskgroup
        for (std::uint32_t first = 0; first < probes_; first += step) {
            const ProbeRange range{first, std::min(first + step, probes_)};
#pragma omp task default(none) firstprivate(abreast, range, step) if (is_large())
            failure_.guard([&] { walk_piece(abreast, range, range.first / step); });
        }
        failure_.rethrow();
    }

    void walk_piece(Parties abreast, ProbeRange range, std::size_t piece) {
        const WorkClock::AtWork working(worker().clock);
        ProbeStarts starts(scene_);
        while (range.first < range.last && !crew_.given_up()) {
            starts.move_on(range);
            for (const auto& party : abreast)
                if (party->failures[piece].empty() && !party->is_too_slow)
                    walk_some(*party, starts, party->failures[piece]);
        }
    }

    void walk_some(Party& party, ProbeStarts& starts, std::string& failure) {
        const auto start = Clock::now();
        const auto members = static_cast<double>(party.group.members.size());
        const Patience patience = [this, &party, start, members] {
            return !crew_.given_up() &&
                   (!crew_.timeout_s ||
                    party.walked_s + WorkClock::seconds_since(start) < *crew_.timeout_s * members);
        };
        try {
            walking_(scene_, party.group, starts, party.paths, patience);
        } catch (const OutOfPatience&) {
            party.is_too_slow = true;
        } catch (const std::bad_alloc&) { // no fault of the settings
            throw;
        } catch (const std::exception& error) {
            failure = error.what();
        }
        party.walked_s += WorkClock::seconds_since(start);
    }

    /// One slow member may have kept the others of its party.
    void give_time_to_each(const Party& party) {
        for (const std::size_t member : party.group.members) {
            Finding& finding = findings_[member];
            if (party.group.members.size() == 1) {
                finding.outcome = outcome_of_failure(
                    Status::timed_out, fmt::format("no result after {:.3g} s of computing (the "
                                                   "timeout is {:.3g} s)",
                                                   party.walked_s.load(), *crew_.timeout_s));
                finding.elapsed_s += party.walked_s;
            } else if (auto alone = recall_in_pieces(scene_, settings_.subspan(member, 1), crew_,
                                                     walking_)) {
                finding = std::move(alone->front());
            }
        }
    }

    /// Finds the members that have the same outcome.
    void compare_all(Parties abreast) {
#pragma omp taskgroup
        for (const auto& each : abreast) {
            Party* party = each.get();
#pragma omp task default(none) firstprivate(party) if (is_large())
            failure_.guard([&] {
                if (!party->has_walked()) return;
                const WorkClock::AtWork working(worker().clock);
                party->first_alike = first_alike(party->group, party->paths);
            });
        }
        failure_.rethrow();
    }

    void judge_all(Parties abreast) {
        const double member_s =
            look_s * probes_ * static_cast<double>(scene_.memories.words.size());
        const auto step = static_cast<std::size_t>(std::clamp(piece_s / member_s, 1.0, 1e6));
#pragma omp taskgroup
        for (const auto& each : abreast) {
            const Party* party = each.get();
            if (party->is_too_slow) continue;
            for (std::size_t first = 0; first < party->group.members.size(); first += step) {
                const std::size_t last = std::min(first + step, party->group.members.size());
#pragma omp task default(none) firstprivate(party, first, last) if (is_large())
                failure_.guard([&] { judge_piece(*party, first, last); });
            }
        }
        failure_.rethrow();
    }

    void judge_piece(const Party& party, std::size_t first, std::size_t last) {
        const WorkClock::AtWork working(worker().clock);
        const std::string failure = party.failure();
        const double walked_s = party.walked_s / static_cast<double>(party.group.members.size());
        for (std::size_t member = first; member < last && !crew_.given_up(); ++member) {
            if (failure.empty() && party.first_alike[member] != member) continue;
            const auto start = Clock::now();
            Finding& finding = findings_[party.group.members[member]];
            try {
                finding.outcome = failure.empty() ? judge(scene_, party.group, member, party.paths)
                                                  : outcome_of_failure(Status::failed, failure);
            } catch (const std::bad_alloc&) {
                throw;
            } catch (const std::exception& error) {
                finding.outcome = outcome_of_failure(Status::failed, error.what());
            }
            finding.elapsed_s += walked_s + WorkClock::seconds_since(start);
        }
    }

    /// Gives members what the first that is alike was given.
    void copy_all(Parties abreast) {
        const WorkClock::AtWork working(worker().clock);
        for (const auto& party : abreast)
            for (std::size_t member = 0; member < party->first_alike.size(); ++member) {
                const std::size_t first = party->first_alike[member];
                if (first == member) continue;
                findings_[party->group.members[member]] = findings_[party->group.members[first]];
            }
    }

    const Scene& scene_; // made by the thread that cuts; others read it
    std::span<const Setting> settings_;
    const Crew& crew_;
    const Walk& walking_;
    std::uint32_t probes_;
    std::shared_ptr<const std::vector<SettingGroup>> groups_;
    std::vector<std::unique_ptr<Party>> parties_;
    double expected_s_ = 0.0; ///< of all parties
    std::vector<Finding> findings_;
    FirstFailure failure_; ///< of the pieces that run at once
};

} // namespace

std::optional<std::vector<Finding>> recall_in_pieces(const Scene& scene,
                                                     std::span<const Setting> settings,
                                                     const Crew& crew, const Walk& walking) {
    if (!scene.unasked.empty())
        return std::vector<Finding>(settings.size(), Finding{without_meaning(scene.unasked)});
    const auto continuous = std::ranges::count_if(settings, is_continuous);
    if (continuous == 0) return Pieces(scene, settings, crew, walking).run();
    std::optional<std::vector<Finding>> findings;
    if (continuous == std::ssize(settings))
        findings.emplace(settings.size());
    else
        findings = Pieces(scene, settings, crew, walking).run();
    if (findings && !recall_continuous_in_pieces(scene, settings, crew, *findings))
        return std::nullopt;
    return findings;
}

Outcome outcome_of_failure(Status status, const std::string& message) {
    Outcome outcome;
    outcome.status = status;
    outcome.values.assign(metrics().size(), std::numeric_limits<double>::quiet_NaN());
    outcome.message = message;
    return outcome;
}

} // namespace basin
