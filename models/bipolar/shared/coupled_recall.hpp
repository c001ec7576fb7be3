#pragma once
// Contenders in one state, deciding together.

#include "models/bipolar/overlaps.hpp"
#include "models/bipolar/shared/convergence_certificate.hpp"
#include "models/bipolar/shared/equivalence_classes.hpp"
#include "models/bipolar/shared/monitored_memories.hpp"
#include "models/bipolar/shared/state_certificate.hpp"
#include "models/bipolar/trajectory.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace basin {

/// A bundle of contenders on its way.
struct Walker {
    const Bundle* bundle = nullptr;
    Standing standing{};
    DecisionCounts counts{};
    std::array<std::uint64_t, 2> own_decisions{}; ///< [side] of this stay: counted one by one
    bool nan_seen = false;                        ///< some decision since forget_nans() was NaN
    std::vector<std::uint32_t> movers{};          ///< units it moves, for those who ask many
};

/// What the walkers want of one unit.
enum class Wish : std::uint8_t { all_stay, all_flip, divided };

/// Walkers that are in the same state. A `stay` is the time between two changes of state: what
/// holds for every decision of a stay is counted once at its end.
class Company {
public:
    /// Nobody yet; scene and table must outlive the object.
    Company(const Scene& scene, const ExactTable& exact, Choice<Ties> tie, bool looks_ahead);

    /// Sets out from the cue of a probe; `at_cue` is there. The contenders must outlive the walk.
    void start(std::uint32_t probe, const Contenders& contenders, const Overlaps& at_cue);

    /// Looks at the state, if that has not been done. To be called before ask(). Returns walkers
    /// who have to go on by themselves, if there are any, without having been asked: they have to
    /// be looked after in every state, and the others' way is foreseen.
    std::optional<Company> arrive();

    /// Asks `upcoming` units as long as it is soon clear that everybody wants them to stay. Returns
    /// how many did.
    std::size_t pass(std::span<const std::uint32_t> upcoming);

    /// Asks the first of `upcoming` units, as decision `decision` of sweep `sweep`. If divided,
    /// wishes() says who flips. Walkers are told apart by then, if they have to be: there may be
    /// more of them after it. The other units are those to be asked next if nothing moves: their
    /// sums are made together.
    Wish ask(std::span<const std::uint32_t> upcoming, std::uint32_t sweep, std::uint32_t decision);

    /// [walker] 1 if it wants a flip; valid after ask() returned `divided`.
    std::span<const std::uint8_t> wishes() const { return wishes_; }

    /// The unit that was asked last; ends the stay.
    void flip(std::uint32_t unit);

    /// At once; ends the stay.
    void flip_together(std::span<const std::uint32_t> units);

    /// Forgets which walkers have seen a NaN.
    void forget_nans();

    /// Ends the stay and takes out the walkers for which leaves[walker] is not 0.
    Company split(std::span<const std::uint8_t> leaves);

    /// Counts what the present stay holds so far.
    void settle();

    const Overlaps& overlaps() const { return overlaps_; }
    std::vector<Walker>& walkers() { return walkers_; }

private:
    bool stand_all();
    bool may_widen();
    bool all_calm() const;
    bool all_raise();
    void move(std::span<const std::uint32_t> units);
    bool look_ahead();
    bool raises_its_flags(const Walker& walker);
    bool is_fragile(const Walker& walker) const;
    std::optional<Company> part();
    void settle_in();
    bool unbundle();
    bool can_decide(const Walker& walker) const;
    void follow();
    void look(std::span<const std::uint32_t> upcoming);
    void count_doubts(std::uint32_t unit, std::size_t side);
    void look_on(std::span<const std::uint32_t> upcoming);
    void know_nothing();
    bool stays_put(const Walker& walker) const;
    bool wants_flip(Walker& walker, std::uint32_t unit, std::uint32_t sweep,
                    std::uint32_t decision);
    Decision from_scratch(const Walker& walker, std::uint32_t unit);
    bool decide_alone(Walker& walker, const Decision& own, std::uint32_t unit, std::uint32_t sweep,
                      std::uint32_t decision);
    bool break_tie(std::uint32_t unit, std::uint32_t sweep, std::uint32_t decision) const;

    std::uint32_t probe_ = 0;
    Choice<Ties> tie_;
    const Scene* scene_;
    const ExactTable* exact_;
    const Contenders* contenders_ = nullptr;
    Overlaps overlaps_;
    ExactField field_;
    std::vector<Walker> walkers_;
    std::vector<std::uint8_t> wishes_;
    std::uint64_t flips_ = 0;              ///< since the last settle()
    std::uint64_t rises_ = 0;              ///< of the energy, by these flips
    std::array<std::uint64_t, 2> asked_{}; ///< [side of the field] decisions of this stay
    /// [side] largest margin of the walkers that follow the exact one.
    std::array<double, 2> strictest_{};
    bool arrived_ = false;        ///< what the state says is known: it is asked when first needed
    bool any_like_exact_ = false; ///< some walker follows the exact one
    bool any_doubts_ = false;     ///< and raises more with some units than with others
    bool any_still_ = false;      ///< some walker stays put
    bool any_alone_ = false;      ///< some walker has to be asked each time

    // Where some memory dominates, the rest of the way is foreseen: only the state is kept up to
    // date, and a sample of the memories, which shows what all decisions raise.
    bool looks_ahead_;
    bool gave_up_ = false;    ///< for the rest of this way
    bool approaches_ = false; ///< the sample's leader
    Sample sample_;
    bool samples_ = false;    ///< the sample is of the present state
    std::size_t closely_ = 0; ///< states to come that are looked at closely, without widening

    // Quick sums of units to come in this state, until they are used up.
    struct Ahead {
        std::uint32_t unit;
        double sum;
    };
    std::array<Ahead, 4> ahead_{};
    std::size_t ahead_used_ = 0;
    std::size_t ahead_made_ = 0;
    std::vector<Word> known_; ///< [words of N] units that everybody wants to stay in this state

    // Of the decision at hand, made when first needed.
    StepCounts counts_;
    bool counted_ = false;
    int exact_sign_ = 0;
    bool exact_known_ = false;
    double exact_sum_ = 0.0;
    std::size_t side_ = 0; ///< of the unit, as the field has it
    double clear_ = 0.0;   ///< the exact sum is at least this far from 0
    int exact_sign(std::uint32_t unit);
    const StepCounts& counts(std::uint32_t unit);
};

} // namespace basin
