// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.quartz.CronExpression;

/** Whose schedule had its time while one service had ended and the next had not begun: it is not skipped for that. */
final class Missed {

    private Missed() {}

    /**
     * @param restedAt null when there was no service before
     * @return customers that a trigger would have listed after {@code restedAt} and until {@code now}
     */
    static Set<String> since(Instant restedAt, Instant now, Configuration configuration, Collection<String> ids) {
        return restedAt == null
                ? Set.of()
                : ids.stream()
                        .filter(id -> isDue(configuration.customers().get(id), restedAt, now))
                        .collect(Collectors.toSet());
    }

    private static boolean isDue(CustomerSettings customer, Instant after, Instant until) {
        try {
            CronExpression schedule = new CronExpression(customer.schedule());
            schedule.setTimeZone(TimeZone.getTimeZone(customer.timeZone()));
            Date next = schedule.getNextValidTimeAfter(Date.from(after));
            return next != null && !next.toInstant().isAfter(until);
        } catch (ParseException e) {
            throw new IllegalStateException("the schedule was checked when it was read", e);
        }
    }
}
