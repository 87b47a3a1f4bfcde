// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.audit.Finding;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopAllException;
import io.callvault.error.TryAgainException;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Releases;
import io.callvault.model.ItemKey;
import io.callvault.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One customer's release, or its rehearsal.
 *
 * <p>So many units at a time: they are decided and read back, their intention is committed and published in the journals of
 * all targets, their copies are looked at once more, and then the provider is asked. What became of it is committed before the
 * next is asked, and published at the end. A crash between any two of these leaves an intention without an end, which binds
 * nobody: the next run decides anew, and asks again only for what is proved again.
 */
public final class Releasing {

    /** Units whose intentions go into one object of each journal. Small, because they are read back before all of them are asked for. */
    private static final int AT_ONCE = 100;

    /** So long after it was read back something counts as proved, if it is there still. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Terms terms;
    private final Ledger ledger;
    private final Function<String, Store> stores;
    private final Clock clock;
    private final Proving proving;
    private final Incidents incidents;
    private final List<Result.Item> items = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /** @param directory for temporary files; empty, and removed by the caller */
    public Releasing(Terms terms, Ledger ledger, Function<String, Store> stores, Path directory, Clock clock) {
        this.terms = terms;
        this.ledger = ledger;
        this.stores = stores;
        this.clock = clock;
        this.proving = new Proving(terms, ledger, stores, directory);
        this.incidents = new Incidents(terms, ledger);
    }

    /** Decides and asks nobody. When it comes to its end, a release on the same terms may follow. Blocks. */
    public Result rehearse() {
        Choice choice = null;
        ArchiveException failure = null;
        try {
            incidents.requireNone();
            incidents.requireJournals(stores);
            choice = choice(null, Set.of()); // a release begins with publishing
            choice.walk(unit -> {
                told(unit.items(), Result.WOULD_GO, null);
                return true;
            });
            releases().rehearsed(terms.customer(), terms.fingerprint(), clock.instant()).join();
        } catch (StopAllException e) {
            throw e;
        } catch (ArchiveException e) {
            failure = e;
        }
        return result(choice, failure, false);
    }

    /**
     * Requires that it was rehearsed for all of them; nothing of theirs need be at work yet.
     *
     * @param fingerprints of their terms, by the customer's id
     * @throws StopAllException RELEASE_NOT_REHEARSED if a rehearsal on the same terms never came to its end
     */
    public static void requireRehearsals(Ledger ledger, Map<String, String> fingerprints) {
        List<String> unseen = fingerprints.keySet().stream()
                .filter(id -> ledger.releases().rehearsedAt(id, fingerprints.get(id)).isEmpty())
                .sorted()
                .toList();
        if (!unseen.isEmpty()) {
            throw new StopAllException(
                    ErrorCode.RELEASE_NOT_REHEARSED,
                    "Tried to release for customer " + String.join(", ", unseen)
                            + " but nobody has seen yet what would go with the settings as they are; nothing was asked. Run"
                            + " callvault release --dry-run first, and read what it lists");
        }
    }

    /**
     * Decides, and has the provider asked. Blocks.
     *
     * @throws StopAllException if nothing can work, or if it was never rehearsed
     */
    public Result release(Hands hands) {
        requireRehearsals(ledger, Map.of(terms.customer(), terms.fingerprint()));
        Choice choice = null;
        ArchiveException failure = null;
        try {
            incidents.requireNone();
            hands.publish();
            incidents.requireJournals(stores);
            Instant provider = hands.providerNow();
            incidents.requireClocks(clock.instant(), provider);
            choice = choice(provider, releases().untold(terms.customer(), terms.targets()));
            List<Unit> chosen = new ArrayList<>();
            choice.walk(unit -> {
                chosen.add(unit);
                if (chosen.size() >= AT_ONCE) {
                    perform(chosen, hands);
                    chosen.clear();
                }
                return !hands.isHalted();
            });
            perform(chosen, hands);
        } catch (StopAllException e) {
            throw e;
        } catch (ArchiveException e) {
            failure = e;
        }
        failure = ended(hands, failure);
        return result(choice, failure, hands.isHalted());
    }

    /** What became of it goes into the journals, whatever went wrong before. */
    private ArchiveException ended(Hands hands, ArchiveException earlier) {
        try {
            hands.publish();
            return earlier;
        } catch (StopAllException e) {
            throw e;
        } catch (ArchiveException e) {
            return earlier == null ? e : earlier;
        }
    }

    private Choice choice(Instant provider, Set<Releases.Untold> untold) {
        Ages ages = new Ages(releases().made(terms.customer()), clock.instant(), provider);
        return new Choice(terms, releases(), untold, proving, ages, clock, findings::add);
    }

    private void perform(List<Unit> units, Hands hands) {
        if (units.isEmpty() || hands.isHalted()) {
            return;
        }
        Map<String, List<Unit>> feeds = new LinkedHashMap<>();
        units.forEach(unit -> feeds.computeIfAbsent(unit.first().feed(), none -> new ArrayList<>()).add(unit));
        Instant provedAt = units.stream().map(Unit::provedAt).min(Instant::compareTo).orElseThrow();
        List<Releases.Asked> all =
                units.stream().flatMap(unit -> asked(unit).stream()).toList();
        releases().asked(all, mode(), provedAt, clock.instant()).join();
        Map<String, Unit> open = new LinkedHashMap<>();
        units.forEach(unit -> open.put(unit.first().item(), unit));
        try {
            hands.publish();
            feeds.forEach((feed, wanted) -> hands.atOnce(
                            feed, wanted.stream().map(Unit::first).toList())
                    .forEach(request -> ask(feed, request, open, hands)));
            refuse(open, ErrorCode.RELEASE_HELD_UP, "it was not asked for: the run was interrupted");
        } catch (StopAllException e) {
            throw e;
        } catch (ArchiveException e) {
            refuse(open, e.code(), e.sentence());
            throw e;
        }
    }

    /** One request. What is in it is taken out of {@code open} when it is known, or known to be unknown, what became of it. */
    private void ask(String feed, List<Releases.Candidate> request, Map<String, Unit> open, Hands hands) {
        if (hands.isHalted()) {
            return;
        }
        Map<String, Hands.Outcome> outcomes;
        try {
            outcomes = hands.remove(feed, request, leaving -> leaving.forEach(each -> look(open.get(each.item()))));
        } catch (TryAgainException unknown) {
            // Perhaps it was done: the next run asks again.
            request.forEach(each -> told(open.remove(each.item()).items(), Releases.ASKED, unknown.code().name()));
            throw unknown;
        }
        for (Releases.Candidate each : request) {
            Hands.Outcome outcome = outcomes.get(each.item());
            String word = switch (outcome.end()) {
                case RELEASED -> Releases.RELEASED;
                case GONE -> Releases.GONE;
                case REFUSED -> Releases.REFUSED;
            };
            end(open.remove(each.item()), word, outcome.code(), outcome.evidence());
        }
    }

    /**
     * The last before the request leaves: what was read back a moment ago must still be there, and what was read back longer
     * ago is read back again.
     */
    private void look(Unit unit) {
        boolean isFresh = Duration.between(unit.provedAt(), clock.instant()).abs().compareTo(FRESH) < 0;
        for (Releases.Candidate item : unit.items()) {
            List<Releases.Copy> copies = unit.copies().get(item.item());
            if (isFresh ? !proving.isThere(copies) : !proving.findings(item, copies).isEmpty()) {
                throw new SkipRecordException(
                        ErrorCode.STORE_OBJECT_MISSING,
                        "Tried to release " + item.item() + " of customer " + terms.customer()
                                + " but it lies no more at every target as it was stored; kept at the provider");
            }
        }
    }

    /** Nothing became of what was not asked for any more. */
    private void refuse(Map<String, Unit> open, ErrorCode code, String why) {
        open.values().forEach(unit -> end(unit, Releases.REFUSED, code.name(), why));
        open.clear();
    }

    private void end(Unit unit, String outcome, String code, String evidence) {
        releases().ended(asked(unit), mode(), outcome, code, evidence, clock.instant()).join();
        told(unit.items(), outcome, code);
    }

    private void told(List<Releases.Candidate> which, String outcome, String code) {
        which.forEach(each -> items.add(new Result.Item(each.item(), each.feed(), each.recordId(), outcome, code)));
    }

    private List<Releases.Asked> asked(Unit unit) {
        return unit.items().stream()
                .map(each -> new Releases.Asked(
                        new ItemKey(terms.customer(), each.item()), each.feed(), each.recordId()))
                .toList();
    }

    private Result result(Choice choice, ArchiveException failure, boolean isHalted) {
        return new Result(
                terms.customer(),
                List.copyOf(items),
                choice == null ? Map.of() : choice.kept(),
                List.copyOf(findings),
                failure,
                isHalted);
    }

    private String mode() {
        return terms.settings().mode().word();
    }

    private Releases releases() {
        return ledger.releases();
    }
}
