#include "models/bipolar/shared/bipolar_recall.hpp"

#include <xxhash.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

namespace basin {

namespace {

/// The states a synchronous walk has been in.
class History {
public:
    /// Steps since this state was seen before, or 0 if it is new (and now remembered).
    std::uint32_t remember(const std::vector<Word>& state, std::uint32_t step) {
        const auto hash = XXH3_64bits(state.data(), state.size() * sizeof(Word));
        const auto [begin, end] = seen_.equal_range(hash);
        for (auto it = begin; it != end; ++it)
            if (visited_[it->second] == state) return step - it->second;
        seen_.emplace(hash, step);
        visited_.push_back(state);
        return 0;
    }

private:
    std::unordered_multimap<std::uint64_t, std::uint32_t> seen_; ///< state hash -> step
    std::vector<std::vector<Word>> visited_;                     ///< [step]
};

/// A company and how far it has come.
struct Strand {
    std::unique_ptr<Company> company;
    std::uint32_t sweep = 0;          ///< sweeps or steps made
    std::size_t index = 0;            ///< asynchronous: decisions of this sweep made
    bool flipped = false;             ///< in this sweep
    std::vector<std::uint32_t> order; ///< of this sweep; empty before its first decision
    History history;
};

std::unique_ptr<Company> in_room_of_its_own(Company company) {
    return std::make_unique<Company>(std::move(company));
}

class Race {
public:
    Race(const Scene& scene, UpdateOrders& orders, const Dynamics& dynamics, std::size_t contenders,
         const Patience& patience)
        : scene_(scene), orders_(orders), dynamics_(dynamics), patience_(patience),
          in_order_(scene.dimension()), ends_{{}, std::vector<std::uint32_t>(contenders)} {
        std::iota(in_order_.begin(), in_order_.end(), 0U);
    }

    /// Runs everybody in `all`, and leaves there a company whose room can be used again.
    Ends run(std::unique_ptr<Company>& all) {
        const bool synchronous =
            dynamics_.update.is<Synchronous>() || dynamics_.update.is<OneShot>();
        strands_.push_back({std::move(all), 0, 0, false, {}, {}});
        if (watches_cycles()) remember(strands_.back());
        while (!strands_.empty()) {
            wait_on();
            Strand strand = std::move(strands_.back());
            strands_.pop_back();
            if (synchronous)
                run_synchronously(strand);
            else
                run_asynchronously(strand);
            if (strands_.empty()) all = std::move(strand.company);
        }
        return std::move(ends_);
    }

private:
    /// The units from `first` on, in index order.
    std::span<const std::uint32_t> upcoming(std::uint32_t first) const {
        return std::span(in_order_).subspan(first);
    }

    void wait_on() const {
        if (patience_ && !patience_()) throw OutOfPatience();
    }

    bool watches_cycles() const {
        return dynamics_.update.is<Synchronous>() && !dynamics_.tie.is<TieRandom>();
    }

    static std::uint32_t remember(Strand& strand) {
        return strand.history.remember(strand.company->overlaps().state(), strand.sweep);
    }

    /// Ends the walk of everybody in the strand.
    void finish(Strand& strand, Stop stop, std::uint32_t period = 0) {
        strand.company->settle();
        for (const Walker& walker : strand.company->walkers()) {
            for (const std::uint32_t member : walker.bundle->members)
                ends_.path_of[member] = static_cast<std::uint32_t>(ends_.paths.size());
            ends_.paths.push_back(
                {strand.company->overlaps().state(),
                 stop == Stop::fixed_point && walker.nan_seen ? Stop::undecided : stop,
                 strand.sweep, period, walker.counts});
        }
    }

    void run_asynchronously(Strand& strand) {
        while (strand.sweep < dynamics_.max_sweeps) {
            if (strand.order.empty()) begin_sweep(strand);
            while (strand.index < strand.order.size()) {
                arrive(strand);
                strand.index += strand.company->pass(to_come(strand));
                if (strand.index == strand.order.size()) break;
                ask_and_move(strand);
                ++strand.index;
            }
            if (!strand.flipped && stop_quietly(strand)) return;
            ++strand.sweep;
            strand.order.clear();
            wait_on();
        }
        finish(strand, Stop::max_sweeps);
    }

    void begin_sweep(Strand& strand) {
        strand.company->forget_nans();
        strand.order = orders_.of(dynamics_.update, strand.sweep);
        strand.index = 0;
        strand.flipped = false;
    }

    /// Walkers who part here go on later, from the same decision.
    void arrive(Strand& strand) {
        if (std::optional<Company> others = strand.company->arrive())
            strands_.push_back({in_room_of_its_own(std::move(*others)), strand.sweep, strand.index,
                                strand.flipped, strand.order, strand.history});
    }

    static std::span<const std::uint32_t> to_come(const Strand& strand) {
        return std::span(strand.order).subspan(strand.index);
    }

    void ask_and_move(Strand& strand) {
        const std::uint32_t unit = strand.order[strand.index];
        const Wish wish = strand.company->ask(to_come(strand), strand.sweep,
                                              static_cast<std::uint32_t>(strand.index));
        if (wish == Wish::all_stay) return;
        if (wish == Wish::divided) {
            // Those who stay go on later, from the next decision.
            std::vector<std::uint8_t> stays(strand.company->wishes().begin(),
                                            strand.company->wishes().end());
            for (std::uint8_t& stay : stays)
                stay = stay == 0;
            strands_.push_back({in_room_of_its_own(strand.company->split(stays)),
                                strand.sweep,
                                strand.index + 1,
                                strand.flipped,
                                strand.order,
                                {}});
        }
        strand.company->flip(unit);
        strand.flipped = true;
    }

    /// After a sweep without a flip: ends the walk of those who have arrived. Whether nobody is
    /// left.
    bool stop_quietly(Strand& strand) {
        const std::uint32_t dimension = scene_.dimension();
        Company& company = *strand.company;
        for (Walker& walker : company.walkers())
            walker.movers.clear();
        if (dynamics_.update.is<AsyncRandom>()) {
            // Draws with replacement may have missed a unit: every one is asked, none moved.
            company.forget_nans();
            for (std::uint32_t unit = 0; unit < dimension; ++unit)
                note(unit, company.ask(upcoming(unit), strand.sweep, dimension + unit), company);
        }
        std::vector<std::uint8_t> moves;
        for (const Walker& walker : company.walkers())
            moves.push_back(walker.movers.empty() ? 0 : 1);
        const auto left = std::ranges::count(moves, 1);
        if (left == static_cast<std::ptrdiff_t>(moves.size())) return false;
        if (left > 0)
            strands_.push_back(
                {in_room_of_its_own(company.split(moves)), strand.sweep + 1, 0, false, {}, {}});
        ++strand.sweep;
        finish(strand, Stop::fixed_point);
        return true;
    }

    /// Notes the unit with all walkers that move it.
    static void note(std::uint32_t unit, Wish wish, Company& company) {
        if (wish == Wish::all_stay) return;
        std::vector<Walker>& walkers = company.walkers();
        for (std::size_t w = 0; w < walkers.size(); ++w)
            if (wish == Wish::all_flip || company.wishes()[w] != 0)
                walkers[w].movers.push_back(unit);
    }

    void run_synchronously(Strand& strand) {
        const std::uint32_t limit = dynamics_.update.is<OneShot>() ? 1 : dynamics_.max_sweeps;
        while (strand.sweep < limit) {
            std::vector<std::uint32_t> movers = ask_all(strand);
            ++strand.sweep;
            if (movers.empty()) {
                finish(strand, Stop::fixed_point);
                return;
            }
            if (!move(strand, movers)) return;
            wait_on();
        }
        finish(strand, Stop::max_sweeps);
    }

    /// Moves the units at once. False if that closed a cycle.
    bool move(Strand& strand, std::span<const std::uint32_t> movers) {
        strand.company->flip_together(movers);
        const std::uint32_t period = watches_cycles() ? remember(strand) : 0;
        if (period > 0) finish(strand, period == 2 ? Stop::cycle2 : Stop::cycle, period);
        return period == 0;
    }

    /// The units that the strand's walkers move; walkers who move others get strands of their own.
    std::vector<std::uint32_t> ask_all(Strand& strand) {
        arrive(strand);
        Company& company = *strand.company;
        company.forget_nans();
        std::vector<std::uint32_t> common; // movers of all, until they differ
        bool differ = false;
        for (std::uint32_t unit = 0; unit < scene_.dimension(); ++unit) {
            unit += static_cast<std::uint32_t>(company.pass(upcoming(unit)));
            if (unit == scene_.dimension()) break;
            const Wish wish = company.ask(upcoming(unit), strand.sweep, unit);
            if (wish == Wish::divided && !differ)
                for (Walker& walker : company.walkers())
                    walker.movers = common;
            differ = differ || wish == Wish::divided;
            if (differ)
                note(unit, wish, company);
            else if (wish == Wish::all_flip)
                common.push_back(unit);
        }
        if (!differ) return common;

        while (true) {
            std::vector<std::uint32_t> first = strand.company->walkers().front().movers;
            std::vector<std::uint8_t> others;
            for (const Walker& walker : strand.company->walkers())
                others.push_back(walker.movers != first ? 1 : 0);
            if (std::ranges::count(others, 1) == 0) return first;
            // The others decide on; `first` walks off in a strand that has already decided.
            Strand rest{in_room_of_its_own(strand.company->split(others)),
                        strand.sweep,
                        0,
                        false,
                        {},
                        strand.history};
            leave(strand, first);
            strand = std::move(rest);
        }
    }

    /// Makes the step that a part of a divided strand has decided on, and leaves the rest of its
    /// way for later.
    void leave(Strand& strand, std::span<const std::uint32_t> movers) {
        ++strand.sweep;
        if (movers.empty())
            finish(strand, Stop::fixed_point);
        else if (move(strand, movers))
            strands_.push_back(std::move(strand));
    }

    const Scene& scene_;
    UpdateOrders& orders_;
    const Dynamics& dynamics_;
    const Patience& patience_;
    std::vector<std::uint32_t> in_order_; ///< all units
    std::vector<Strand> strands_;         ///< still on their way
    Ends ends_;
};

} // namespace

Ends Kernel::run(ProbeStart& start, const Patience& patience) {
    company_->start(start.probe, *contenders_, start.overlaps);
    return Race(*scene_, start.orders, dynamics_, contenders_->count(), patience).run(company_);
}

} // namespace basin
