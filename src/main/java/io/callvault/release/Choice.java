// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.audit.Finding;
import io.callvault.ledger.Releases;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Goes through what is stored and says what of it may go now. The same for a rehearsal and for a release. */
final class Choice {

    private static final int PAGE = 500;

    private final Terms terms;
    private final Releases releases;
    private final Proving proving;
    private final Ages ages;
    private final Set<Releases.Untold> untold;
    private final Clock clock;
    private final Consumer<Finding> found;
    private final Map<Reason, Long> kept = new EnumMap<>(Reason.class);
    private final Set<String> seen = new HashSet<>();
    private long room;

    /** @param untold records that the journals do not tell of yet */
    Choice(
            Terms terms,
            Releases releases,
            Set<Releases.Untold> untold,
            Proving proving,
            Ages ages,
            Clock clock,
            Consumer<Finding> found) {
        this.terms = terms;
        this.releases = releases;
        this.proving = proving;
        this.ages = ages;
        this.untold = Set.copyOf(untold);
        this.clock = clock;
        this.found = found;
        this.room = terms.settings().max();
    }

    /** How many items are kept, by the reason. */
    Map<Reason, Long> kept() {
        return kept;
    }

    /**
     * Goes through all of it.
     *
     * @param each takes what may go; answers whether to go on
     */
    void walk(Predicate<Unit> each) {
        String after = "";
        List<Releases.Candidate> page;
        do {
            page = releases.candidates(terms.customer(), after, PAGE);
            for (Releases.Candidate item : page) {
                after = item.item();
                Unit unit = seen.remove(item.item()) ? null : unit(item);
                if (unit != null && !each.test(unit)) {
                    return;
                }
            }
        } while (page.size() == PAGE);
    }

    /** Null when it is kept. */
    private Unit unit(Releases.Candidate item) {
        Reason own = reason(item);
        if (own != null) {
            return kept(own, 1);
        }
        if (room == 0) {
            return kept(Reason.OVER_MAX, 1);
        }
        Terms.Reading reading = terms.readings().read(item);
        Set<String> together = new TreeSet<>(reading.together());
        together.add(item.item());
        List<Releases.Candidate> items = releases.of(terms.customer(), together);
        // Those behind this one are decided with it.
        long waiting = items.stream()
                .filter(each -> each.state().equals("stored") && !each.isReleased() && each.item().compareTo(item.item()) >= 0)
                .peek(each -> seen.add(each.item()))
                .count();
        seen.remove(item.item());
        if (reading.rule() != null) {
            return kept(Reason.EXCLUDED, waiting);
        }
        boolean isWhole = items.size() == together.size()
                && items.stream().allMatch(each -> reason(each) == null);
        return isWhole ? proved(items, waiting) : kept(Reason.TOGETHER, waiting);
    }

    private Unit proved(List<Releases.Candidate> items, long waiting) {
        Map<String, List<Releases.Copy>> copies = new LinkedHashMap<>();
        for (Releases.Candidate each : items) {
            List<Releases.Copy> own = proving.copies(each);
            if (own.isEmpty()) {
                return kept(Reason.NOT_EVERYWHERE, waiting);
            }
            if (!own.stream().allMatch(copy -> isOver(copy.storedAt(), each))) {
                return kept(Reason.YOUNG, waiting);
            }
            copies.put(each.item(), own);
        }
        if (waiting > room) {
            return kept(Reason.OVER_MAX, waiting);
        }
        List<Finding> wrong = new ArrayList<>();
        items.forEach(each -> wrong.addAll(proving.findings(each, copies.get(each.item()))));
        if (!wrong.isEmpty()) {
            wrong.forEach(found);
            return kept(Reason.NOT_PROVED, waiting);
        }
        room -= waiting;
        return new Unit(items, copies, clock.instant());
    }

    private Unit kept(Reason reason, long items) {
        kept.merge(reason, items, Long::sum);
        return null;
    }

    /** What the ledger alone says against it; null when nothing. */
    private Reason reason(Releases.Candidate item) {
        if (!terms.settings().feeds().contains(item.feed())) {
            return Reason.MODE;
        }
        if (!item.state().equals("stored")) {
            return Reason.NOT_EVERYWHERE;
        }
        if (item.latest() == 0 || item.unreadable() != null || item.uri() == null) {
            return Reason.UNREADABLE;
        }
        if (!item.isSettled()) {
            return Reason.UNSETTLED;
        }
        if (item.excluded() != null) {
            return Reason.EXCLUDED;
        }
        if (terms.isHeld(item.startedAt())) {
            return Reason.HELD;
        }
        if (!isOver(item.storedAt(), item)) {
            return Reason.YOUNG;
        }
        return untold.contains(new Releases.Untold(item.feed(), item.recordId())) ? Reason.UNPUBLISHED : null;
    }

    private boolean isOver(Instant storedAt, Releases.Candidate item) {
        return ages.isOver(storedAt, item.startedAt(), terms.settings().after());
    }
}
