#include "harness/run/continuous_recall_tasks.hpp"

#include "harness/process/first_failure.hpp"
#include "models/recall/setting_batch.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace basin {

namespace {

using Clock = WorkClock::Clock;

class RealPieces {
public:
    RealPieces(const Scene& scene, std::span<const Setting> settings, const Crew& crew,
               std::span<Finding> findings)
        : scene_(scene), settings_(settings), crew_(crew), findings_(findings),
          families_(real_families(settings, scene.no_shares.empty())) {
        if (!families_.empty()) real_ = real_scene(scene);
    }

    bool run() {
        for (std::size_t s = 0; s < settings_.size(); ++s)
            if (auto reason = not_applicable(scene_, settings_[s]))
                findings_[s].outcome = without_meaning(std::move(*reason));
        for (const RealFamily& family : families_) {
            run(family);
            if (crew_.given_up()) return false;
        }
        return true;
    }

private:
    /// A family on its way.
    struct Party {
        const RealFamily& family;
        std::uint32_t step; ///< probes of a piece
        CoursePaths paths{};
        /// [group][piece], "" where nothing was thrown
        std::vector<std::vector<std::string>> failures{};
        std::atomic<double> walked_s{0.0};
        std::atomic<bool> is_too_slow{false};

        Party(const RealFamily& its_family, std::uint32_t its_step)
            : family(its_family), step(its_step) {}

        /// The message of the first piece of a course that failed, or "".
        std::string failure(std::size_t course) const {
            const auto& pieces = failures[family.group_of[course]];
            const auto first = std::ranges::find_if_not(pieces, &std::string::empty);
            return first == pieces.end() ? "" : *first;
        }

        /// What keeps a member from being judged, or "".
        std::string failure(const RealFamily::Member& member) const {
            const std::string own = failure(member.course);
            return own.empty() && member.reference ? failure(*member.reference) : own;
        }
    };

    Worker& worker() const { return crew_.workers[static_cast<std::size_t>(omp_get_thread_num())]; }

    void run(const RealFamily& family) {
        const std::uint32_t probes = scene_.probe_count();
        // At least some pieces, and as few as take up no more memory than they should.
        constexpr std::uint32_t least_pieces = 4;
        constexpr std::uint32_t lanes = RealTile<float>::query_step;
        const std::uint32_t share = (probes / least_pieces + lanes - 1) / lanes * lanes;
        const auto most = static_cast<std::uint32_t>(queries_abreast(scene_.pattern_count()));
        const std::uint32_t step = std::clamp(share, lanes, most);
        const std::size_t pieces = (probes + step - 1) / step;
        const std::size_t groups = family.groups.size();
        const auto party = std::make_unique<Party>(family, step);
        party->paths = room_for(family, probes);
        party->failures.assign(groups, std::vector<std::string>(pieces));
        Party* all = party.get();
#pragma omp taskgroup
        for (std::size_t group = 0; group < groups; ++group)
            for (std::size_t piece = 0; piece < pieces; ++piece) {
#pragma omp task default(none) firstprivate(all, group, piece, pieces) if (pieces > 1)
                failure_.guard([&] { walk_piece(*all, group, piece); });
            }
        failure_.rethrow();
        if (crew_.given_up()) return;
        if (party->is_too_slow) {
            give_time_to_each(*party);
            return;
        }
        const std::size_t members = family.members.size();
#pragma omp taskgroup
        for (std::size_t member = 0; member < members; ++member) {
#pragma omp task default(none) firstprivate(all, member, members) if (members > 1)
            failure_.guard([&] { judge_member(*all, all->family.members[member]); });
        }
        failure_.rethrow();
    }

    void walk_piece(Party& party, std::size_t group, std::size_t piece) {
        if (crew_.given_up() || party.is_too_slow) return;
        const WorkClock::AtWork working(worker().clock);
        const auto start = Clock::now();
        const auto first = static_cast<std::uint32_t>(piece) * party.step;
        const std::uint32_t last = std::min(first + party.step, scene_.probe_count());
        const auto members = static_cast<double>(party.family.members.size());
        const Patience patience = [this, &party, start, members] {
            return !crew_.given_up() &&
                   (!crew_.timeout_s ||
                    party.walked_s + WorkClock::seconds_since(start) < *crew_.timeout_s * members);
        };
        try {
            walk(*real_, party.family, group, first, last, party.paths, patience);
        } catch (const OutOfPatience&) {
            party.is_too_slow = true;
        } catch (const std::bad_alloc&) { // no fault of the settings
            throw;
        } catch (const std::exception& error) {
            party.failures[group][piece] = error.what();
        }
        party.walked_s += WorkClock::seconds_since(start);
    }

    /// One slow member may have kept the others of its party.
    void give_time_to_each(const Party& party) {
        for (const auto& member : party.family.members) {
            Finding& finding = findings_[member.index];
            if (party.family.members.size() > 1) {
                RealPieces(scene_, settings_.subspan(member.index, 1), crew_, {&finding, 1}).run();
                continue;
            }
            finding.outcome = outcome_of_failure(
                Status::timed_out,
                fmt::format("no result after {:.3g} s of computing (the timeout is {:.3g} s)",
                            party.walked_s.load(), *crew_.timeout_s));
            finding.elapsed_s += party.walked_s;
        }
    }

    void judge_member(const Party& party, const RealFamily::Member& member) {
        const WorkClock::AtWork working(worker().clock);
        const auto start = Clock::now();
        Finding& finding = findings_[member.index];
        const std::string failure = party.failure(member);
        try {
            finding.outcome = failure.empty() ? judge(*real_, member, party.paths)
                                              : outcome_of_failure(Status::failed, failure);
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& error) {
            finding.outcome = outcome_of_failure(Status::failed, error.what());
        }
        finding.elapsed_s += party.walked_s / static_cast<double>(party.family.members.size()) +
                             WorkClock::seconds_since(start);
    }

    const Scene& scene_;
    std::span<const Setting> settings_;
    const Crew& crew_;
    std::span<Finding> findings_;
    std::vector<RealFamily> families_;
    std::shared_ptr<const RealScene> real_;
    FirstFailure failure_; ///< of the pieces that run at once
};

} // namespace

bool recall_continuous_in_pieces(const Scene& scene, std::span<const Setting> settings,
                                 const Crew& crew, std::span<Finding> findings) {
    return RealPieces(scene, settings, crew, findings).run();
}

} // namespace basin
