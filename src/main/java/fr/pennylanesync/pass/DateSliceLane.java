package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.SweepGuard;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads one range of days, slice by slice, and then half of what another lane has left. */
final class DateSliceLane extends ListLane {

    private final DateSlicesPass pass;
    private final DateSlicePaginator slices;
    private volatile boolean ended;

    DateSliceLane(DateSlicesPass pass, DateSlicePaginator slices, IncludedChild includedChild,
            Optional<SweepGuard> sweep, AtomicInteger places) {
        super(pass.stream(), slices, includedChild, sweep, places);
        this.pass = pass;
        this.slices = slices;
    }

    /** Returns what is left to read. */
    DateSlicePaginator slices() {
        return slices;
    }

    @Override
    public Checkpoint checkpoint() {
        return pass.checkpoint().at(slices.position());
    }

    @Override
    public boolean isUnfinished() {
        return !ended && !pass.reassigns();
    }

    @Override
    Advance advance(boolean more) {
        return new Advance.InSlice(slices.slice(), more);
    }

    @Override
    void landed(Advance advance) {
        pass.landed(advance);
        if (slices.isEnded()) {
            pass.share().ifPresentOrElse(range -> slices.begin(range, pass.firstDays()), () -> ended = true);
        }
    }
}
