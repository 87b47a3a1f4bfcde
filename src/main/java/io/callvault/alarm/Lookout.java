// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import io.callvault.config.AlarmSettings;
import io.callvault.ledger.AlarmBook;
import io.callvault.ledger.AlarmNotice;
import io.callvault.ledger.AlarmState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what is wrong with what was, and writes what is to be told: each alarm once, and once that it is over. It
 * remembers in the ledger, so that a restart tells nothing again. For one thread at a time.
 */
public final class Lookout {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private final AlarmBook book;
    private final AlarmSettings settings;
    private final Function<String, List<String>> channels;
    private final Clock clock;
    private final Map<Key, AlarmState> known = new LinkedHashMap<>();

    /**
     * @param settings from when on something is an alarm
     * @param channels names of those that a customer's notices go to; the empty id stands for the installation itself
     */
    public Lookout(AlarmBook book, AlarmSettings settings, Function<String, List<String>> channels, Clock clock) {
        this.book = book;
        this.settings = settings;
        this.channels = channels;
        this.clock = clock;
        book.states().forEach(state -> known.put(Key.of(state), state));
    }

    /** What stands now: raised and not over. */
    public List<AlarmState> raised() {
        return known.values().stream()
                .filter(state -> state.raisedAt() != null && !isDigest(state))
                .toList();
    }

    /**
     * Judges these situations. Alarms of customers that are not among them are left as they are.
     *
     * @throws io.callvault.error.StopAllException if the ledger cannot be written; then nothing has changed
     */
    public void look(List<Situation> situations) {
        Instant now = clock.instant();
        Change change = new Change(now);
        for (Situation situation : situations) {
            Set<Key> seen = new HashSet<>();
            for (Finding finding : Judge.findings(situation, settings.of(situation.customer()), now)) {
                Key key = new Key(situation.customer(), finding.code().name(), finding.subject());
                seen.add(key);
                if (finding.isKnown()) {
                    found(key, finding, change);
                }
            }
            known.values().stream()
                    .filter(state -> state.customer().equals(situation.customer()))
                    .filter(state -> !isDigest(state) && !seen.contains(Key.of(state)))
                    .forEach(change.over::add);
        }
        change.over.stream().filter(state -> state.raisedAt() != null).forEach(state -> tell(state, "over", change));
        commit(change);
    }

    private void found(Key key, Finding finding, Change change) {
        AlarmState before = known.get(key);
        Instant since = before == null ? change.now : before.since();
        boolean isNew = before == null || before.raisedAt() == null;
        boolean isRaised = isNew && !change.now.isBefore(since.plus(finding.lasting()));
        if (before != null && !isRaised) {
            return;
        }
        AlarmState state = new AlarmState(
                key.customer(),
                key.code(),
                key.subject(),
                since,
                isRaised ? change.now : null,
                Plain.line(finding.sentence()));
        change.changed.add(state);
        if (isRaised) {
            tell(state, "raised", change);
        }
    }

    /** Keeps a digest as written, and has it sent. */
    void digest(String customer, String text) {
        Change change = new Change(clock.instant());
        AlarmState state =
                new AlarmState(customer, AlarmCode.DIGEST.name(), "", change.now, change.now, "written");
        change.changed.add(state);
        for (String channel : channels.apply(customer)) {
            change.notices.add(new AlarmNotice(
                    0, channel, "digest", customer, AlarmCode.DIGEST.name(), "", text, change.now));
        }
        commit(change);
    }

    /** When the last digest of a customer was written; null when there was none. */
    Instant digestedAt(String customer) {
        AlarmState state = known.get(new Key(customer, AlarmCode.DIGEST.name(), ""));
        return state == null ? null : state.raisedAt();
    }

    private static boolean isDigest(AlarmState state) {
        return state.code().equals(AlarmCode.DIGEST.name());
    }

    private void tell(AlarmState state, String kind, Change change) {
        for (String channel : channels.apply(state.customer())) {
            change.notices.add(new AlarmNotice(
                    0, channel, kind, state.customer(), state.code(), state.subject(), state.sentence(), change.now));
        }
    }

    private void commit(Change change) {
        if (change.changed.isEmpty() && change.over.isEmpty()) {
            return;
        }
        book.keep(change.changed, change.over, change.notices).join();
        change.over.forEach(state -> {
            known.remove(Key.of(state));
            if (state.raisedAt() != null) {
                LOG.info("Alarm {} is over: {}", name(state), state.sentence());
            }
        });
        change.changed.forEach(state -> {
            known.put(Key.of(state), state);
            if (state.raisedAt() != null && !isDigest(state)) {
                LOG.warn("Alarm {}: {}", name(state), state.sentence());
            }
        });
    }

    private static String name(AlarmState state) {
        return state.code() + (state.customer().isEmpty() ? "" : " of customer " + state.customer());
    }

    private static final class Change {
        private final Instant now;
        private final List<AlarmState> changed = new ArrayList<>();
        private final List<AlarmState> over = new ArrayList<>();
        private final List<AlarmNotice> notices = new ArrayList<>();

        private Change(Instant now) {
            this.now = now;
        }
    }

    private record Key(String customer, String code, String subject) {
        static Key of(AlarmState state) {
            return new Key(state.customer(), state.code(), state.subject());
        }
    }
}
