// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.CustomerSettings;
import java.time.Instant;
import picocli.CommandLine.Option;

/** From when to when, for commands that look at what is archived. A date is a day in the customer's time zone. */
final class SpanOptions {

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            converter = Moment.Converter.class,
            description = "Only what began then or later: a date (in the customer's time zone) or an instant.")
    Moment from;

    @Option(
            names = "--to",
            paramLabel = "WHEN",
            converter = Moment.Converter.class,
            description = "Only what began before: an instant, or a date, which is included.")
    Moment to;

    /** Null for no bound. */
    Instant from(CustomerSettings customer) {
        return from == null ? null : from.first(customer.timeZone());
    }

    /** The first instant that does not belong to it; null for no bound. */
    Instant to(CustomerSettings customer) {
        return to == null ? null : to.end(customer.timeZone());
    }
}
