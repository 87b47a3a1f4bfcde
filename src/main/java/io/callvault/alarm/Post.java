// SPDX-License-Identifier: Apache-2.0
package io.callvault.alarm;

import io.callvault.error.ArchiveException;
import io.callvault.ledger.AlarmBook;
import io.callvault.ledger.AlarmNotice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notices to their channels, at least once each, those for the same destination together. A destination that does
 * not take them is tried again after 1, 2, 4, 8 and then every 15 minutes; that is logged once, and once that it is over.
 * For one thread at a time.
 */
public final class Post {

    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private static final int ROUND = 1000;

    /** Notices in one letter. */
    private static final int TOGETHER = 50;

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final AlarmBook book;
    private final Map<String, Channel> channels;
    private final Clock clock;
    private final Map<Route, Failing> failing = new HashMap<>();

    public Post(AlarmBook book, Collection<Channel> channels, Clock clock) {
        this.book = book;
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.clock = clock;
    }

    /** Sends what can be sent. */
    public void deliver() {
        Map<Route, List<AlarmNotice>> byRoute = new LinkedHashMap<>();
        List<AlarmNotice> nobodys = new ArrayList<>();
        for (AlarmNotice notice : book.unsent(ROUND)) {
            Channel channel = channels.get(notice.channel());
            String destination = channel == null ? null : channel.destination(notice.customer());
            if (destination == null) {
                nobodys.add(notice);
            } else {
                byRoute.computeIfAbsent(new Route(notice.channel(), destination), route -> new ArrayList<>())
                        .add(notice);
            }
        }
        if (!nobodys.isEmpty()) {
            book.sent(nobodys).join();
        }
        byRoute.forEach((route, notices) -> {
            Failing before = failing.get(route);
            if (before == null || !clock.instant().isBefore(before.next())) {
                send(route, notices);
            }
        });
    }

    private void send(Route route, List<AlarmNotice> notices) {
        for (int from = 0; from < notices.size(); from += TOGETHER) {
            List<AlarmNotice> some = notices.subList(from, Math.min(notices.size(), from + TOGETHER));
            try {
                channels.get(route.channel()).send(route.destination(), Letter.of(some));
            } catch (ArchiveException e) {
                failed(route, e);
                return;
            }
            book.sent(some).join();
        }
        if (failing.remove(route) != null) {
            LOG.info("Alarms go out again by {} to {}", route.channel(), route.destination());
        }
    }

    private void failed(Route route, ArchiveException failure) {
        Failing before = failing.get(route);
        if (before == null) {
            LOG.warn("{}", failure.sentence());
        }
        int failures = before == null ? 0 : before.failures();
        Duration pause = Duration.ofMinutes(1L << Math.min(failures, 4));
        failing.put(
                route, new Failing(failures + 1, clock.instant().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST)));
    }

    private record Route(String channel, String destination) {}

    private record Failing(int failures, Instant next) {}
}
