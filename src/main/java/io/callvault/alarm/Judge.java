// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import io.callvault.config.AlarmRules;
import io.callvault.ledger.AlarmFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what is wrong in a situation. Only looks at what it is given. */
final class Judge {

    /** A service that was stopped for days lists again within its schedule; that is no alarm. */
    private static final Duration BREATH = Duration.ofMinutes(30);

    /** A backlog of which the first are to be lost soon is fetched in that order. */
    private static final Duration EFFORT = Duration.ofHours(1);

    private Judge() {}

    /** What is wrong, and what is not known; all else is well. */
    static List<Finding> findings(Situation situation, AlarmRules rules, Instant now) {
        List<Finding> found = new ArrayList<>();
        if (situation.facts() != null) {
            ledger(situation, rules, now, found);
        }
        if (situation.refused() != null) {
            found.add(new Finding(AlarmCode.CHANGE_REFUSED, "", situation.refused(), Duration.ZERO));
        }
        for (Situation.Target target : situation.targets()) {
            target(target, rules, found);
        }
        situation.credentials().forEach((lane, end) -> {
            if (end.isBefore(now.plus(rules.credentialsExpireWithin()))) {
                found.add(new Finding(
                        AlarmCode.CREDENTIALS_EXPIRE,
                        lane,
                        "The credentials of lane " + lane + " " + (end.isAfter(now) ? "end" : "ended") + " at "
                                + second(end) + (end.isAfter(now) ? ", in " + inWords(Duration.between(now, end)) : ""),
                        Duration.ZERO));
            }
        });
        situation.disks().forEach((name, room) -> {
            if (room.free() == null) {
                found.add(Finding.unknown(AlarmCode.DISK_LOW, name));
            } else if (room.free() < rules.diskFreeBelow()) {
                found.add(new Finding(
                        AlarmCode.DISK_LOW,
                        name,
                        String.format(
                                Locale.ROOT,
                                "Only %.1f GB are free at %s",
                                room.free() / (double) (1L << 30),
                                room.place()),
                        Duration.ZERO));
            }
        });
        return found;
    }

    private static void ledger(Situation situation, AlarmRules rules, Instant now, List<Finding> found) {
        AlarmFacts facts = situation.facts();
        if (facts.dead() >= rules.deadItems()) {
            String codes = facts.deadCodes().entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey())
                    .collect(Collectors.joining(", "));
            found.add(new Finding(
                    AlarmCode.DEAD_ITEMS, "", facts.dead() + " items were given up: " + codes, Duration.ZERO));
        }
        if (facts.stopped() != null) {
            found.add(new Finding(AlarmCode.CUSTOMER_STOPPED, "", facts.stopped(), Duration.ZERO));
        }
        if (facts.firstLoss() != null && facts.firstLoss().isBefore(now.plus(rules.firstLossWithin()))) {
            found.add(new Finding(
                    AlarmCode.LOSS_NEAR,
                    "",
                    "The provider deletes the first item that is not stored at " + second(facts.firstLoss())
                            + (facts.firstLoss().isAfter(now)
                                    ? ", in " + inWords(Duration.between(now, facts.firstLoss()))
                                    : ", which is over"),
                    EFFORT));
        }
        for (String feed : situation.feeds()) {
            Instant until = facts.listedUntil().get(feed);
            if (until == null) {
                found.add(new Finding(
                        AlarmCode.NOT_LISTED, feed, "No " + feed + " were ever listed to the end", rules.notListedFor()));
            } else if (until.isBefore(now.minus(rules.notListedFor()))) {
                found.add(new Finding(
                        AlarmCode.NOT_LISTED, feed, "The last " + feed + " were listed up to " + second(until), BREATH));
            }
        }
        if (!facts.incomplete().isEmpty()) {
            int more = facts.incomplete().size() - 1;
            found.add(new Finding(
                    AlarmCode.LISTING_INCOMPLETE,
                    "",
                    facts.incomplete().get(0) + (more == 0 ? "" : " And " + more + " more"),
                    rules.incompleteFor()));
        }
    }

    private static void target(Situation.Target target, AlarmRules rules, List<Finding> found) {
        if (target.down() != null) {
            found.add(new Finding(
                    AlarmCode.TARGET_DOWN,
                    target.name(),
                    "Target " + target.name() + " takes nothing: " + target.down(),
                    rules.targetDownFor()));
        } else if (!target.isProved()) {
            found.add(Finding.unknown(AlarmCode.TARGET_DOWN, target.name()));
        }
    }

    private static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String inWords(Duration duration) {
        return duration.toDays() > 1
                ? duration.toDays() + " days"
                : duration.toHours() > 1 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }
}
