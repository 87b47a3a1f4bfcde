// SPDX-License-Identifier: Apache-2.0
package io.callvault.observe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The pages. A view is taken at most every 15 seconds, and seldom enough that taking it never costs more than a twentieth of
 * a processor.
 */
public final class Pages implements Observed {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final int SHARE = 20;

    /** How long the look that is made every minute may be away before something is wrong. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final Supplier<View> source;
    private final Supplier<Pulse> pulse;
    private final String token;
    private final boolean isOpen;
    private final Clock clock;
    private final Metrics metrics = new Metrics();
    private String text;
    private Instant staleAt = Instant.MIN;

    /**
     * How the program is.
     *
     * @param begun when it began
     * @param lookedAt when it last looked at everything; null before
     * @param wroteAt when the ledger last took a write; null before
     */
    public record Pulse(Instant begun, Instant lookedAt, Instant wroteAt) {}

    /**
     * @param token what metrics are shown for; null when none is set
     * @param isOpen whether they are shown without a token, because only this machine can ask
     */
    public Pages(Supplier<View> source, Supplier<Pulse> pulse, String token, boolean isOpen, Clock clock) {
        this.source = source;
        this.pulse = pulse;
        this.token = token;
        this.isOpen = isOpen;
        this.clock = clock;
    }

    @Override
    public Page page(String name, String authorization) {
        return switch (name) {
            case "metrics" -> metrics(authorization);
            case "live" -> live();
            case "ready" -> ready();
            default -> new Page(404, TEXT, "there is no page " + name + "\n");
        };
    }

    private Page metrics(String authorization) {
        if (token == null && !isOpen) {
            return new Page(403, TEXT, "set callvault.observe.token: the console listens to other machines\n");
        }
        if (token != null && !isToken(authorization)) {
            return new Page(401, TEXT, "needs Authorization: Bearer and callvault.observe.token\n");
        }
        return new Page(200, PROMETHEUS, fresh());
    }

    /** In a time that does not tell how much of it is right. */
    private boolean isToken(String authorization) {
        return authorization != null
                && MessageDigest.isEqual(
                        authorization.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized String fresh() {
        if (!clock.instant().isBefore(staleAt)) {
            Instant before = clock.instant();
            text = metrics.text(source.get());
            Instant after = clock.instant();
            Duration rest = Duration.between(before, after).multipliedBy(SHARE);
            staleAt = after.plus(rest.compareTo(FRESH) > 0 ? rest : FRESH);
        }
        return text;
    }

    /** Restart it when this is not well. */
    private Page live() {
        Pulse now = pulse.get();
        return isRecent(now.lookedAt() == null ? now.begun() : now.lookedAt())
                ? new Page(200, TEXT, "live\n")
                : new Page(503, TEXT, "nothing has moved since " + now.lookedAt() + "\n");
    }

    private Page ready() {
        Pulse now = pulse.get();
        if (now.wroteAt() == null) {
            return new Page(503, TEXT, "starting\n");
        }
        return isRecent(now.wroteAt())
                ? new Page(200, TEXT, "ready\n")
                : new Page(503, TEXT, "the ledger has taken nothing since " + now.wroteAt() + "\n");
    }

    private boolean isRecent(Instant instant) {
        return !instant.isBefore(clock.instant().minus(SILENCE));
    }
}
